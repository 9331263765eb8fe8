#include "json/write.h"

#include <inttypes.h>

#include "base/character.h"

void json_line(struct json *json) { json->lined = true; }

/* What stands before a key, an element or the whole. */
static void separate(struct json *json) {
	struct json_level *level = &json->levels[json->depth];
	if (level->filled)
		buffer_add_byte(json->out, ',');
	if (level->rows || json->lined) {
		buffer_add_byte(json->out, '\n');
		buffer_add_repeated(json->out, ' ', level->indent);
	} else if (level->filled) {
		buffer_add_byte(json->out, ' ');
	}
	level->filled = true;
	json->lined = false;
}

static void begin(struct json *json, const char *key) {
	if (!json->keyed)
		separate(json);
	json->keyed = false;
	if (key) {
		buffer_add_byte(json->out, '"');
		buffer_add_string(json->out, key);
		buffer_add_string(json->out, "\": ");
	}
}

static void open_level(struct json *json, const char *key, struct json_level level) {
	begin(json, key);
	json->levels[++json->depth] = level;
	buffer_add_byte(json->out, level.object ? '{' : '[');
}

static void add_escape(struct buffer *out, uint32_t code) {
	if (code >= 0x10000)
		buffer_format(out, "\\u%04x\\u%04x", 0xd7c0 + (code >> 10), 0xdc00 + (code & 0x3ff));
	else
		buffer_format(out, "\\u%04x", code);
}

/* Writes what a terminal obeys or does not show as escapes, from `start` on: JSON allows it as it is. */
static void escape_unshown(struct buffer *out, size_t start) {
	struct text string = text_copy(out->arena, text_from(buffer_text(out), start));
	size_t done = 0;
	out->length = start;
	for (size_t at = 0, length; at < string.length; at += length) {
		length = text_utf8_length(string.bytes + at, string.length - at);
		length = length ? length : 1;
		uint32_t code = length > 1 ? character_decode(string.bytes + at, length) : 0;
		if (text_begins_command(text_from(string, at)))
			code = '#';
		else if (!character_is_unshown(code)) continue;
		buffer_add(out, text_slice(string, done, at));
		add_escape(out, code);
		done = at + length;
	}
	buffer_add(out, text_from(string, done));
}

/* The first bytes of all that is not shown. */
static bool may_hold_unshown(struct text text) {
	if (text_find(text, TEXT("##")) != TEXT_NOT_FOUND) return true;
	for (size_t i = 0; i < text.length; i++)
		if (text.bytes[i] & 0x80 && text_has_byte(TEXT("\xc2\xcd\xd8\xe1\xe2\xe3\xef\xf3"), text.bytes[i])) return true;
	return false;
}

void json_string(struct buffer *out, struct text text) {
	size_t start = out->length;
	buffer_add_json(out, text);
	if (may_hold_unshown(text))
		escape_unshown(out, start);
}

void json_key(struct json *json, struct text key) {
	separate(json);
	json_string(json->out, key);
	buffer_add_string(json->out, ": ");
	json->keyed = true;
}

void json_object(struct json *json, const char *key) { open_level(json, key, (struct json_level){.object = true}); }

void json_list(struct json *json, const char *key) { open_level(json, key, (struct json_level){0}); }

void json_row(struct json *json, const char *key) {
	json_line(json);
	json_object(json, key);
}

void json_rows(struct json *json, const char *key, unsigned indent) {
	json->lined = json->lined || !indent;
	open_level(json, key, (struct json_level){.rows = true, .indent = indent});
}

void json_end(struct json *json) { buffer_add_byte(json->out, json->levels[json->depth--].object ? '}' : ']'); }

void json_text(struct json *json, const char *key, struct text text) {
	begin(json, key);
	json_string(json->out, text);
}

void json_texts(struct json *json, const char *key, const struct text_list *texts) {
	json_list(json, key);
	for (size_t i = 0; i < texts->count; i++)
		json_text(json, NULL, texts->items[i]);
	json_end(json);
}

void json_number(struct json *json, const char *key, uint64_t number) {
	begin(json, key);
	buffer_format(json->out, "%" PRIu64, number);
}

void json_truth(struct json *json, const char *key, bool truth) {
	begin(json, key);
	buffer_add_string(json->out, truth ? "true" : "false");
}

void json_null(struct json *json, const char *key) {
	begin(json, key);
	buffer_add_string(json->out, "null");
}

void json_ready(struct json *json, struct text ready) {
	begin(json, NULL);
	buffer_add(json->out, ready);
}

void json_text_or_null(struct json *json, const char *key, struct text text) {
	if (text.length)
		json_text(json, key, text);
	else
		json_null(json, key);
}

void json_text_if_any(struct json *json, const char *key, struct text text) {
	if (text.length)
		json_text(json, key, text);
}
