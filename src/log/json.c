#include "log/json.h"

#include <time.h>

#include "base/buffer.h"

enum { DEEPEST = 16 };

struct json_reader {
	struct arena *arena;
	struct text text;
	size_t at;
	unsigned depth;
	bool failed;
	struct buffer message;
	struct text time;
};

static const char *const message_keys[] = {"msg", "message", "MESSAGE", "log", "err", "error", "reason", "cause", NULL};
static const char *const time_keys[] = {"time", "timestamp", "@timestamp", "ts", "date", NULL};

static bool is_one_of(struct text key, const char *const *names)
{
	for (; *names; names++)
		if (text_is(key, *names))
			return true;
	return false;
}

static char peek(struct json_reader *reader)
{
	static const char *const blank = " \t\r\n";
	while (reader->at < reader->text.length && text_find_byte(text_of(blank), reader->text.bytes[reader->at]) != TEXT_NOT_FOUND)
		reader->at++;
	return reader->at < reader->text.length ? reader->text.bytes[reader->at] : '\0';
}

static bool take(struct json_reader *reader, char byte)
{
	bool there = peek(reader) == byte && reader->at < reader->text.length;
	reader->at += there;
	return there;
}

static uint32_t take_hexadecimal(struct json_reader *reader)
{
	uint32_t code = 0;
	for (int i = 0; i < 4; i++, reader->at++) {
		char byte = reader->at < reader->text.length ? reader->text.bytes[reader->at] : '\0';
		size_t digit = text_find_byte(TEXT("0123456789abcdef"), (char)(byte >= 'A' && byte <= 'F' ? byte + 32 : byte));
		reader->failed = reader->failed || digit == TEXT_NOT_FOUND;
		code = code << 4 | (digit == TEXT_NOT_FOUND ? 0 : (uint32_t)digit);
	}
	return code;
}

static void add_character(struct buffer *out, uint32_t code)
{
	if (code < 0x80) {
		buffer_add_byte(out, (char)code);
		return;
	}
	if (code >= 0x10000) {
		buffer_add_byte(out, (char)(0xf0 | code >> 18));
		buffer_add_byte(out, (char)(0x80 | (code >> 12 & 0x3f)));
	} else if (code >= 0x800) {
		buffer_add_byte(out, (char)(0xe0 | code >> 12));
	}
	if (code >= 0x800)
		buffer_add_byte(out, (char)(0x80 | (code >> 6 & 0x3f)));
	else
		buffer_add_byte(out, (char)(0xc0 | code >> 6));
	buffer_add_byte(out, (char)(0x80 | (code & 0x3f)));
}

static void take_escape(struct json_reader *reader, struct buffer *out)
{
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
	add_character(out, code);
}

static struct text take_string(struct json_reader *reader)
{
	struct buffer out = {.arena = reader->arena};
	size_t start = ++reader->at;
	for (; reader->at < reader->text.length && !reader->failed;) {
		char byte = reader->text.bytes[reader->at++];
		if (byte != '"' && byte != '\\')
			continue;
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

static struct text take_word(struct json_reader *reader)
{
	size_t start = reader->at;
	while (reader->at < reader->text.length &&
	       text_find_byte(TEXT(" \t\r\n,]}:[{\""), reader->text.bytes[reader->at]) == TEXT_NOT_FOUND)
		reader->at++;
	reader->failed = reader->failed || reader->at == start;
	return text_slice(reader->text, start, reader->at);
}

static struct text describe_time(struct arena *arena, struct text word)
{
	char shown[32];
	struct tm parts;
	int64_t number;
	if (!text_to_integer(text_slice(word, 0, text_find_byte(word, '.')), &number) || number < 0)
		return TEXT("");
	time_t seconds = number >= 100000000000 ? number / 1000 : number;
	if (!gmtime_r(&seconds, &parts) || !strftime(shown, sizeof(shown), "%Y-%m-%dT%H:%M:%SZ", &parts))
		return TEXT("");
	return text_format(arena, "%s", shown);
}

static void take_value(struct json_reader *reader, struct text key);

static void take_items(struct json_reader *reader, struct text key, char close)
{
	bool more = true;
	reader->at++;
	reader->failed = reader->failed || ++reader->depth > DEEPEST;
	if (take(reader, close))
		more = false;
	while (more && !reader->failed) {
		struct text name = key;
		if (close == '}') {
			reader->failed = peek(reader) != '"';
			name = reader->failed ? name : take_string(reader);
			reader->failed = reader->failed || !take(reader, ':');
		}
		if (!reader->failed)
			take_value(reader, name);
		more = take(reader, ',');
		reader->failed = reader->failed || (!more && !take(reader, close));
	}
	reader->depth--;
}

static void take_text(struct json_reader *reader, struct text key)
{
	struct text text = take_string(reader);
	if (!reader->time.length && reader->depth == 1 && is_one_of(key, time_keys))
		reader->time = text;
	if (!text.length || !is_one_of(key, message_keys))
		return;
	if (reader->message.length)
		buffer_add_string(&reader->message, ": ");
	buffer_add(&reader->message, text);
}

static void take_value(struct json_reader *reader, struct text key)
{
	switch (peek(reader)) {
	case '{': take_items(reader, key, '}'); break;
	case '[': take_items(reader, key, ']'); break;
	case '"': take_text(reader, key); break;
	default: {
		struct text word = take_word(reader);
		if (!reader->time.length && reader->depth == 1 && is_one_of(key, time_keys))
			reader->time = describe_time(reader->arena, word);
	}
	}
}

bool log_read_json(struct arena *arena, struct text text, struct log_json *json)
{
	struct json_reader reader = {.arena = arena, .text = text, .message = {.arena = arena}};
	if (peek(&reader) != '{')
		return false;
	take_value(&reader, TEXT(""));
	if (reader.failed || peek(&reader) || reader.at < text.length || !reader.message.length)
		return false;
	*json = (struct log_json){buffer_text(&reader.message), reader.time};
	return true;
}
