#include "json/read.h"

#include "base/buffer.h"
#include "base/list.h"

enum { DEEPEST = 32 };

struct value_list LIST_OF(struct json_value);

struct reader {
	struct arena *arena;
	struct text text;
	size_t at;
	unsigned depth;
	bool failed;
};

static char peek(struct reader *reader) {
	static const char *const blank = " \t\r\n";
	while (reader->at < reader->text.length && text_find_byte(text_of(blank), reader->text.bytes[reader->at]) != TEXT_NOT_FOUND)
		reader->at++;
	return reader->at < reader->text.length ? reader->text.bytes[reader->at] : '\0';
}

static bool take(struct reader *reader, char byte) {
	bool there = peek(reader) == byte && reader->at < reader->text.length;
	reader->at += there;
	return there;
}

static uint32_t take_hexadecimal(struct reader *reader) {
	uint32_t code = 0;
	for (int i = 0; i < 4; i++, reader->at++) {
		char byte = reader->at < reader->text.length ? reader->text.bytes[reader->at] : '\0';
		size_t digit = text_find_byte(TEXT("0123456789abcdef"), (char)(byte >= 'A' && byte <= 'F' ? byte + 32 : byte));
		reader->failed = reader->failed || digit == TEXT_NOT_FOUND;
		code = code << 4 | (digit == TEXT_NOT_FOUND ? 0 : (uint32_t)digit);
	}
	return code;
}

static void take_escape(struct reader *reader, struct buffer *out) {
	static const char to[] = "\"\\/\b\f\n\r\t";
	char byte = reader->at < reader->text.length ? reader->text.bytes[reader->at++] : '\0';
	size_t plain = text_find_byte(TEXT("\"\\/bfnrt"), byte);
	if (plain < sizeof(to) - 1) {
		buffer_add_byte(out, to[plain]);
		return;
	}
	reader->failed = reader->failed || byte != 'u';
	uint32_t code = reader->failed ? 0 : take_hexadecimal(reader);
	if (code >= 0xd800 && code < 0xdc00 && text_starts_with(text_from(reader->text, reader->at), TEXT("\\u"))) {
		reader->at += 2;
		code = 0x10000 + ((code & 0x3ff) << 10) + (take_hexadecimal(reader) & 0x3ff);
	}
	buffer_add_character(out, code);
}

static struct text take_string(struct reader *reader) {
	struct buffer out = {.arena = reader->arena};
	size_t start = ++reader->at;
	for (; reader->at < reader->text.length && !reader->failed;) {
		char byte = reader->text.bytes[reader->at++];
		if (byte != '"' && byte != '\\') continue;
		struct text plain = text_slice(reader->text, start, reader->at - 1);
		if (byte == '"' && !out.length)
			return plain;
		buffer_add(&out, plain);
		if (byte == '"')
			return buffer_text(&out);
		take_escape(reader, &out);
		start = reader->at;
	}
	reader->failed = true;
	return TEXT("");
}

static struct text take_word(struct reader *reader) {
	size_t start = reader->at;
	while (reader->at < reader->text.length &&
	       text_find_byte(TEXT(" \t\r\n,]}:[{\""), reader->text.bytes[reader->at]) == TEXT_NOT_FOUND)
		reader->at++;
	reader->failed = reader->failed || reader->at == start;
	return text_slice(reader->text, start, reader->at);
}

static struct json_value take_value(struct reader *reader);

static struct json_value take_items(struct reader *reader, enum json_kind kind) {
	struct value_list items = {0};
	char close = kind == JSON_OBJECT ? '}' : ']';
	reader->at++;
	reader->failed = ++reader->depth > DEEPEST;
	bool more = !reader->failed && !take(reader, close);
	while (more) {
		if (kind == JSON_OBJECT) {
			reader->failed = peek(reader) != '"';
			if (!reader->failed)
				*list_add(reader->arena, &items) = (struct json_value){.kind = JSON_TEXT, .text = take_string(reader)};
			reader->failed = reader->failed || !take(reader, ':');
		}
		if (!reader->failed)
			*list_add(reader->arena, &items) = take_value(reader);
		more = !reader->failed && take(reader, ',');
		reader->failed = reader->failed || (!more && !take(reader, close));
	}
	reader->depth--;
	return (struct json_value){kind, TEXT(""), items.items, kind == JSON_OBJECT ? items.count / 2 : items.count};
}

static struct json_value take_value(struct reader *reader) {
	switch (peek(reader)) {
	case '{': return take_items(reader, JSON_OBJECT);
	case '[': return take_items(reader, JSON_LIST);
	case '"': return (struct json_value){.kind = JSON_TEXT, .text = take_string(reader)};
	default: return (struct json_value){.kind = JSON_WORD, .text = take_word(reader)};
	}
}

const struct json_value *json_read(struct arena *arena, struct text text) {
	struct reader reader = {.arena = arena, .text = text};
	char first = peek(&reader);
	if (first != '{' && first != '[') return NULL;
	struct json_value *value = arena_new(arena, struct json_value);
	*value = take_value(&reader);
	bool ended = !peek(&reader) && reader.at == text.length;
	return ended && !reader.failed ? value : NULL;
}

const struct json_value *json_get(const struct json_value *object, const char *key) {
	for (size_t i = 0; object && object->kind == JSON_OBJECT && i < object->count; i++)
		if (text_is(object->items[2 * i].text, key))
			return &object->items[2 * i + 1];
	return NULL;
}

struct text json_get_text(const struct json_value *object, const char *key) {
	const struct json_value *value = json_get(object, key);
	return value && (value->kind == JSON_TEXT || value->kind == JSON_WORD) ? value->text : TEXT("");
}
