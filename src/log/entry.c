#include "log/entry.h"

#include "base/buffer.h"
#include "log/json.h"

enum { MOST_PREFIXES = 12, MOST_NESTED_JSON = 3 };

static bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

static bool is_letter(char byte) { return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z'); }

static char byte_at(struct text text, size_t at) { return at < text.length ? text.bytes[at] : '\0'; }

static size_t count_digits(struct text text, size_t at) {
	size_t start = at;
	while (is_digit(byte_at(text, at)))
		at++;
	return at - start;
}

static size_t skip_blanks(struct text text, size_t at) {
	while (byte_at(text, at) == ' ' || byte_at(text, at) == '\t')
		at++;
	return at;
}

/* --- colours --- */

/* Length of the escape sequence at the start of a text. */
static size_t escape_length(struct text text) {
	char kind = byte_at(text, 1);
	size_t at = 2;
	if (kind == '[') {
		while (at < text.length && (text.bytes[at] < '@' || text.bytes[at] > '~'))
			at++;
		return at < text.length ? at + 1 : at;
	}
	if (kind != ']')
		return text.length < 2 ? text.length : 2;
	while (at < text.length && text.bytes[at] != '\a' && text.bytes[at] != '\x1b')
		at++;
	if (byte_at(text, at) == '\a')
		return at + 1;
	return byte_at(text, at) == '\x1b' && byte_at(text, at + 1) == '\\' ? at + 2 : at;
}

static struct text without_escapes(struct arena *arena, struct text text) {
	struct buffer out = {.arena = arena};
	size_t hit = text_find_byte(text, '\x1b');
	if (hit == TEXT_NOT_FOUND)
		return text;
	for (; hit != TEXT_NOT_FOUND; hit = text_find_byte(text, '\x1b')) {
		buffer_add(&out, text_slice(text, 0, hit));
		text = text_from(text, hit);
		text = text_from(text, escape_length(text));
	}
	buffer_add(&out, text);
	return buffer_text(&out);
}

/* --- times --- */

/* Length of a shape at an offset, or 0: 0 is a digit, _ a digit or a blank, A a letter, T a T or a blank. */
static size_t match_shape(struct text text, size_t at, const char *shape) {
	size_t i = 0;
	for (; shape[i]; i++) {
		char byte = byte_at(text, at + i);
		bool fits = shape[i] == '0'   ? is_digit(byte)
		            : shape[i] == '_' ? is_digit(byte) || byte == ' '
		            : shape[i] == 'A' ? is_letter(byte)
		            : shape[i] == 'T' ? byte == 'T' || byte == ' '
		                              : byte == shape[i];
		if (!fits)
			return 0;
	}
	return i;
}

/* What may stand behind the seconds: a fraction, AM or PM, a zone. */
static size_t time_tail(struct text text, size_t at) {
	size_t start = at;
	if ((byte_at(text, at) == '.' || byte_at(text, at) == ',') && count_digits(text, at + 1))
		at += 1 + count_digits(text, at + 1);
	if (match_shape(text, at, " AM") || match_shape(text, at, " PM"))
		at += 3;
	size_t zone = at + (byte_at(text, at) == ' ');
	char sign = byte_at(text, zone);
	if (byte_at(text, at) == 'Z')
		at++;
	else if ((sign == '+' || sign == '-') && match_shape(text, zone + 1, "00:00"))
		at = zone + 6;
	else if ((sign == '+' || sign == '-') && match_shape(text, zone + 1, "0000"))
		at = zone + 5;
	return at - start;
}

/* Length of a time at the start of a text, or 0; with the brackets that it may stand in, and the colon behind it. */
static size_t take_time(struct text text, struct text *time) {
	static const char *const shapes[] = {"0000-00-00T00:00:00", "AAA _0 00:00:00",     "00/00/0000, _0:00:00",
	                                     "0000/00/00 00:00:00", "00-00-0000 00:00:00", "00:00:00", NULL};
	size_t start = byte_at(text, 0) == '[', length = 0;
	for (size_t i = 0; shapes[i] && !length; i++)
		length = match_shape(text, start, shapes[i]);
	if (!length)
		return 0;
	length += time_tail(text, start + length);
	size_t end = start + length;
	if (start && byte_at(text, end++) != ']')
		return 0;
	if (!time->length)
		*time = text_slice(text, start, start + length);
	return end + (byte_at(text, end) == ':');
}

/* --- names of programs and containers --- */

static bool is_name_byte(char byte) {
	return is_letter(byte) || is_digit(byte) || byte == '-' || byte == '_' || byte == '.' || byte == '/' || byte == '@';
}

static size_t count_name(struct text text, size_t at) {
	size_t start = at;
	while (is_name_byte(byte_at(text, at)))
		at++;
	return at - start;
}

/* "0|call-center  | " of pm2, "backend-1  | " of docker compose. */
static size_t take_column(struct text text) {
	size_t number = count_digits(text, 0);
	size_t start = number && byte_at(text, number) == '|' ? number + 1 : 0;
	size_t name = count_name(text, start);
	size_t bar = skip_blanks(text, start + name);
	return name && byte_at(text, bar) == '|' ? bar + 1 : 0;
}

/* "host program[123]: " of syslog and the journal, which stands behind a time. Without the number it may be prose:
 * "parse error: ...". */
static size_t take_program(struct text text) {
	size_t host = count_name(text, 0);
	if (!host || byte_at(text, host) != ' ')
		return 0;
	size_t program = count_name(text, host + 1), at = host + 1 + program;
	size_t digits = byte_at(text, at) == '[' ? count_digits(text, at + 1) : 0;
	return program && digits && match_shape(text, at + 1 + digits, "]: ") ? at + digits + 4 : 0;
}

/* "ERROR[123][C-00000001]: config.c:1990 process_text_line: " of Asterisk; the number and what is behind the file's name
 * may be missing, behind a number all but the level. */
static size_t take_level(struct text text) {
	static const char *const levels[] = {"ERROR", "WARNING", "NOTICE", "VERBOSE", "DEBUG", "SECURITY", NULL};
	size_t at = 0;
	for (size_t i = 0; levels[i] && !at; i++)
		at = text_starts_with(text, text_of(levels[i])) ? text_of(levels[i]).length : 0;
	if (!at)
		return 0;
	while (byte_at(text, at) == '[') {
		size_t close = text_find_byte(text_slice(text, at, at + 32), ']');
		if (close == TEXT_NOT_FOUND)
			return 0;
		at += close + 1;
	}
	at += byte_at(text, at) == ':';
	bool numbered = text.bytes[at - 1] == ':' && text.bytes[at - 2] == ']';
	size_t file = skip_blanks(text, at), name = count_name(text, file), behind = file + name;
	if (file == at || !text_ends_with(text_slice(text, file, behind), TEXT(".c")) || byte_at(text, behind) != ':')
		return numbered ? at : 0;
	size_t line = count_digits(text, behind + 1);
	if (!line)
		return behind + 1;
	size_t function = skip_blanks(text, behind + 1 + line), end = function + count_name(text, function);
	return byte_at(text, end) == ':' ? end + 1 : behind + 1 + line;
}

/* --- lines --- */

static void strip_prefixes(struct text rest, struct log_entry *entry) {
	bool timed = false;
	for (int i = 0; i < MOST_PREFIXES; i++) {
		rest = text_from(rest, skip_blanks(rest, 0));
		size_t length = take_level(rest);
		if (length) {
			entry->of_asterisk = true;
			rest = text_from(rest, length + skip_blanks(text_from(rest, length), 0));
			break;
		}
		bool is_time = (length = take_time(rest, &entry->time)) != 0;
		if (!length)
			length = take_column(rest);
		if (!length && timed)
			length = take_program(rest);
		if (!length) break;
		timed = timed || is_time;
		rest = text_from(rest, length);
	}
	entry->message = rest;
}

struct log_entry log_entry_read(struct arena *arena, struct text bytes) {
	struct log_entry entry = {.line = without_escapes(arena, bytes)};
	strip_prefixes(entry.line, &entry);
	for (int i = 0; i < MOST_NESTED_JSON; i++) {
		struct log_json json;
		if (byte_at(entry.message, 0) != '{' || !log_read_json(arena, entry.message, &json)) break;
		if (!entry.time.length)
			entry.time = json.time;
		entry.line = without_escapes(arena, json.message);
		strip_prefixes(entry.line, &entry);
	}
	return entry;
}
