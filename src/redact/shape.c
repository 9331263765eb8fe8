#include "redact/shape.h"

#include <string.h>

void shape_mark(const struct shape *shape, size_t start, size_t end) {
	struct span origin = plain_origin(shape->plain, shape->line + start, shape->line + end);
	redact_mark(shape->arena, shape->source, (struct span){shape->start + origin.start, shape->start + origin.end});
}

static size_t find_any(struct text text, size_t from, const char *stops) {
	while (from < text.length && !strchr(stops, text.bytes[from]))
		from++;
	return from;
}

static size_t skip(struct text text, size_t from, const char *skipped) {
	while (from < text.length && text.bytes[from] && strchr(skipped, text.bytes[from]))
		from++;
	return from;
}

/* --- behind names --- */

/* `&name=` goes on with another field of a form. */
static bool is_field(struct text text) {
	size_t end = text_starts_with(text, TEXT("&amp;")) ? 5 : 1;
	size_t name = end;
	while (end < text.length && (text_is_word_byte(text.bytes[end]) || text.bytes[end] == '-'))
		end++;
	return end > name && end < text.length && text.bytes[end] == '=';
}

static size_t quoted_end(struct text text, size_t start) {
	for (size_t at = start + 1; at < text.length; at++) {
		if (text.bytes[at] == '\\' && text.bytes[start] != '\'')
			at++;
		else if (text.bytes[at] == text.bytes[start])
			return at;
	}
	return text.length;
}

/* Where the value that begins at an offset ends. */
static size_t value_end(struct text text, size_t start) {
	size_t end = start;
	if (strchr("\"'`", text.bytes[start]))
		return quoted_end(text, start);
	do
		end = find_any(text, end + 1, " \t\"`<>&");
	while (end < text.length && text.bytes[end] == '&' && !is_field(text_from(text, end)));
	return end;
}

static void mark_value(const struct shape *shape, size_t start, size_t end) {
	shape_mark(shape, start + (strchr("\"'`", shape->text.bytes[start]) != NULL), end);
}

/* The scheme of such a header is one word, what counts is the next. */
static bool is_header(struct text before) {
	return text_ends_with(before, TEXT("uthorization")) || text_ends_with(before, TEXT("UTHORIZATION"));
}

/* Where the value of the name before a sign begins; the text's length without one. */
static size_t named_value(struct text text, size_t sign) {
	size_t name = sign;
	while (name && strchr(" \t\"'\\])*", text.bytes[name - 1]))
		name--;
	bool element = text.bytes[sign] == '>';
	if (element) {
		size_t open = text_find_last_byte(text_slice(text, 0, sign), '<');
		if (open == TEXT_NOT_FOUND || open + 1 >= sign || text.bytes[open + 1] == '/')
			return text.length;
	}
	if (!redact_ends_in_name(text_slice(text, 0, name)))
		return text.length;
	return skip(text, sign + 1, element ? "" : " \t>=\\");
}

void shape_mark_named(const struct shape *shape) {
	struct text text = shape->text;
	for (size_t sign = 0; sign < text.length; sign++) {
		if (text.bytes[sign] != '=' && text.bytes[sign] != ':' && text.bytes[sign] != '>') continue;
		size_t value = named_value(text, sign);
		if (value == text.length) continue;
		size_t end = text.bytes[sign] == '>' ? find_any(text, value, "<") : value_end(text, value);
		if (is_header(text_trim(text_slice(text, 0, sign), " \t\"'")) && end < text.length && text.bytes[end] == ' ')
			end = find_any(text, end + 1, " \t\"'`");
		mark_value(shape, value, end);
		sign = end > sign ? end - 1 : sign;
	}
}

/* --- on command lines and in headers --- */

/* Options that hold a secret for some programs and something else for all others. */
static const struct {
	const char *program, *option;
} options[] = {{"mysql", "-p"}, {"mariadb", "-p"}, {"sshpass", "-p"}, {"redis-cli", "-a"}, {"smbclient", "-U"}, {NULL, NULL}};

static bool is_told(struct text text, size_t before, struct text option) {
	for (size_t i = 0; options[i].program; i++)
		if (text_starts_with(option, text_of(options[i].option)) &&
		    text_find(text_slice(text, 0, before), text_of(options[i].program)) != TEXT_NOT_FOUND)
			return true;
	return false;
}

/* `-uuser:X`, `--user=user:X`, `-pX` */
static void mark_glued(const struct shape *shape, size_t start, size_t end) {
	static const char *const users[] = {"--proxy-user=", "--user=", "-u", "-U", NULL};
	struct text option = text_slice(shape->text, start, end);
	for (size_t i = 0; users[i]; i++) {
		size_t length = strlen(users[i]);
		if (!text_starts_with(option, text_of(users[i])) || option.length == length) continue;
		size_t behind = value_end(shape->text, start + length);
		if (text_has_byte(text_slice(shape->text, start + length, behind), ':'))
			mark_value(shape, start + length, behind);
		return;
	}
	if (option.length > 2 && is_told(shape->text, start, option))
		shape_mark(shape, start + 2, value_end(shape->text, start + 2));
}

static void mark_option(const struct shape *shape, size_t start, size_t end) {
	struct text text = shape->text, option = text_slice(text, start, end);
	size_t value = skip(text, end, " \t");
	mark_glued(shape, start, end);
	if (value == end || value == text.length) return;
	size_t behind = value_end(text, value);
	bool named = option.bytes[1] == '-' && redact_ends_in_name(option);
	bool user = text_is(option, "-u") || text_is(option, "-U") || text_is(option, "--user") || text_is(option, "--proxy-user");
	bool pair = user && text_has_byte(text_slice(text, value, behind), ':');
	if (named || pair || (option.length == 2 && is_told(text, start, option)))
		mark_value(shape, value, behind);
}

void shape_mark_options(const struct shape *shape) {
	struct text text = shape->text;
	for (size_t start = 0, end; start < text.length; start = end + 1) {
		end = find_any(text, start, " \t\"'`");
		if (end - start >= 2 && text.bytes[start] == '-')
			mark_option(shape, start, end);
	}
}

static size_t token_end(struct text text, size_t start) {
	while (start < text.length && (text_is_word_byte(text.bytes[start]) || (text.bytes[start] && strchr("+/=.-", text.bytes[start]))))
		start++;
	return start;
}

void shape_mark_schemes(const struct shape *shape) {
	static const char *const schemes[] = {"basic ", "bearer ", NULL};
	enum { SHORTEST_TOKEN = 6 };
	for (size_t i = 0; schemes[i]; i++)
		for (size_t at = 0; at < shape->text.length; at++) {
			size_t start = at + strlen(schemes[i]);
			if ((shape->text.bytes[at] | 0x20) != 'b' ||
			    !text_equal_ignoring_case(text_slice(shape->text, at, start), text_of(schemes[i]))) continue;
			size_t end = token_end(shape->text, start);
			if (end - start >= SHORTEST_TOKEN)
				shape_mark(shape, start, end);
		}
}

bool redact_is_rest(const struct source *source, struct span key) {
	struct text before = text_slice(source->bytes, 0, key.start);
	size_t feed = text_find_last_byte(before, '\n');
	before = text_trim(text_from(before, feed == TEXT_NOT_FOUND ? 0 : feed + 1), " \t\r");
	return key.end > key.start && (text_ends_with(before, TEXT("'")) || text_ends_with(before, TEXT("\"")));
}
