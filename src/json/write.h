/* JSON that places its own commas: what is begun is ended, and what stands in an object has a key. One line holds all,
 * but for json_line(), json_row() and json_rows(). Always valid JSON in UTF-8, and drives no terminal. */
#pragma once

#include "base/buffer.h"

/* Zero-initialise with `out` set. */
struct json {
	struct buffer *out;
	struct json_level {
		bool object, filled;
		bool rows;            /* each element stands on a line of its own */
		unsigned indent;
	} levels[32];
	unsigned depth;           /* the innermost open level; levels[0] is the whole */
	bool lined, keyed;        /* json_line(), json_key() was called */
};

/* The next member begins a line. */
void json_line(struct json *json);

/* The key of what comes next, which gets NULL for one. For keys that an input chooses. */
void json_key(struct json *json, struct text key);

/* `key` is NULL in a list and at the top. It is written as it is. */
void json_object(struct json *json, const char *key);
void json_list(struct json *json, const char *key);

/* An object that begins a line. */
void json_row(struct json *json, const char *key);

/* A list whose every element begins a line, behind so many blanks; without any, the list begins one too. */
void json_rows(struct json *json, const char *key, unsigned indent);

/* Ends what was begun last. */
void json_end(struct json *json);

void json_text(struct json *json, const char *key, struct text text); /* bytes that are not UTF-8 become U+FFFD */
void json_texts(struct json *json, const char *key, const struct text_list *texts);
void json_number(struct json *json, const char *key, uint64_t number);
void json_truth(struct json *json, const char *key, bool truth);
void json_null(struct json *json, const char *key);

/* Adds a string alone, with its quotes. */
void json_string(struct buffer *out, struct text text);

/* Members or elements that are JSON already, commas between them. */
void json_ready(struct json *json, struct text ready);

/* Of the empty text null, or no member at all. */
void json_text_or_null(struct json *json, const char *key, struct text text);
void json_text_if_any(struct json *json, const char *key, struct text text);
