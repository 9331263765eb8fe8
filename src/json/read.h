/* JSON that other programs wrote: lines of logs, what pm2 lists, what a server answers. A reader of our own, as libyaml
 * refuses of it what is no YAML: escapes of surrogate pairs, control characters and bytes that are not UTF-8 in texts, keys
 * of more than 1024 characters; and it would be the slowest part of reading a log.
 * In: JSON of other programs; what is to be said in JSON. Out: its values; text that is JSON. */
#pragma once

#include "base/text.h"

enum json_kind { JSON_WORD, JSON_TEXT, JSON_LIST, JSON_OBJECT };

struct json_value {
	enum json_kind kind;
	struct text text;               /* of a text, its escapes resolved; of a word (a number, true, null) as it is spelled */
	const struct json_value *items; /* of a list: its elements; of an object: key, value, key, value, ... */
	size_t count;                   /* elements, or pairs */
};

/* Reads a list or an object, at most 32 levels deep. NULL when the text is none, or does not end with it; what stands for a
 * number or in a text is not looked at closely. Takes time and memory in proportion to the text, whose bytes the values
 * share. */
const struct json_value *json_read(struct arena *arena, struct text text);

/* The value of a key of an object, the first of several; NULL for none, or when it is no object. */
const struct json_value *json_get(const struct json_value *object, const char *key);

/* The same when it is a text or a word; else the empty text. */
struct text json_get_text(const struct json_value *object, const char *key);
