#include "json/write.h"

#include <inttypes.h>

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

/* Writes U+0080 to U+009F as escapes from `start` on: JSON allows them as they are, but a terminal obeys them. */
static void escape_controls(struct buffer *out, size_t start) {
	struct text string = text_copy(out->arena, text_from(buffer_text(out), start));
	size_t done = 0;
	out->length = start;
	for (size_t at = 0; at + 1 < string.length; at++) {
		unsigned char next = (unsigned char)string.bytes[at + 1];
		if (string.bytes[at] != '\xc2' || next >= 0xa0) continue;
		buffer_add(out, text_slice(string, done, at));
		buffer_format(out, "\\u%04x", next);
		done = at + 2;
	}
	buffer_add(out, text_from(string, done));
}

static void add_string(struct buffer *out, struct text text) {
	size_t start = out->length;
	buffer_add_json(out, text);
	if (text_find_byte(text, '\xc2') != TEXT_NOT_FOUND)
		escape_controls(out, start);
}

void json_key(struct json *json, struct text key) {
	separate(json);
	add_string(json->out, key);
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
	add_string(json->out, text);
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
