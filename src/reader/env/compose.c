#include "reader/env/compose.h"

#include "reader/env/rune.h"

/* The parser of compose-go 2, dotenv/parser.go; what `$` means in a value is in compose_template.c. */

/* --- values --- */

/* One escape of expandEscapes(), \\(?:[abcfnrtv$"\\]|0\d{0,3}), at a backslash; returns its bytes, 0 when it is none.
 */
static size_t decode_escape(struct text value, size_t at, struct buffer *out) {
	static const char bytes[] = "\a\b\f\n\r\t\v\"\\";
	char next = at + 1 < value.length ? value.bytes[at + 1] : 0;
	size_t name = next ? text_find_byte(TEXT("abfnrtv\"\\"), next) : TEXT_NOT_FOUND;
	size_t digits = at + 2;
	if (name != TEXT_NOT_FOUND)
		return buffer_add_byte(out, bytes[name]), (size_t)2;
	if (next == '$')
		return buffer_add_string(out, "$$"), (size_t)2;
	if (next != '0')
		return 0;
	while (digits < value.length && digits < at + 5 && value.bytes[digits] >= '0' && value.bytes[digits] <= '9')
		digits++;
	unsigned code = 0;
	bool octal = digits == at + 5;
	for (size_t i = at + 2; i < digits; i++) {
		octal = octal && value.bytes[i] <= '7';
		code = code * 8 + (unsigned)(value.bytes[i] - '0');
	}
	if (octal && code < 0x100) {
		buffer_add_character(out, code);
	} else {
		/* What Go can't unquote stays, but its 0 is gone by then. */
		buffer_add_byte(out, '\\');
		buffer_add(out, text_slice(value, at + 2, digits));
	}
	return digits - at;
}

static struct text decode_escapes(struct arena *arena, struct text value) {
	if (!text_has_byte(value, '\\'))
		return value;
	struct buffer decoded = {.arena = arena};
	for (size_t i = 0; i < value.length;) {
		size_t step = value.bytes[i] == '\\' ? decode_escape(value, i, &decoded) : 0;
		if (!step)
			buffer_add_byte(&decoded, value.bytes[i]);
		i += step ? step : 1;
	}
	return buffer_text(&decoded);
}

/* The offset behind a value in quotes, 0 when the quote is not closed. A backslash takes the byte behind it along; it
 * is removed before the quote itself only. */
static size_t read_quoted(struct env_scan *scan, size_t at, struct env_statement *statement) {
	struct buffer content = {.arena = scan->arena};
	char quote = scan->bytes.bytes[at];
	for (size_t i = at + 1; i < scan->bytes.length; i++) {
		char byte = scan->bytes.bytes[i];
		if (byte == quote) {
			statement->quote = quote;
			statement->value = env_span(at, i + 1);
			statement->content = buffer_text(&content);
			return i + 1;
		}
		if (byte == '\\' && i + 1 < scan->bytes.length) {
			byte = scan->bytes.bytes[++i];
			if (byte != quote)
				buffer_add_byte(&content, '\\');
		}
		buffer_add_byte(&content, byte);
	}
	return 0;
}

static size_t read_bare(struct env_scan *scan, size_t at, struct env_statement *statement) {
	size_t end = line_feed_find(scan->bytes, at);
	size_t sign = text_find(text_slice(scan->bytes, at, end), TEXT(" #"));
	size_t value_end = sign == TEXT_NOT_FOUND ? end : at + sign;
	if (sign != TEXT_NOT_FOUND)
		statement->comment = env_span(at + sign + 1, end);
	statement->value = env_span(at, blank_trim_end(BLANKS_UNICODE, scan->bytes, at, value_end));
	statement->content = env_slice(scan, statement->value);
	return end + (end < scan->bytes.length);
}

/* --- statements --- */

/* The offset of `=`, `:` or the line feed behind the key, the end of the file when there is none; false at a character
 * that no key may hold. */
static bool find_operator(const struct env_scan *scan, size_t at, size_t *operator) {
	while (at < scan->bytes.length) {
		uint32_t rune;
		*operator = at;
		size_t step = rune_decode(scan->bytes, at, &rune);
		if (rune == '=' || rune == ':' || rune == '\n') return true;
		bool mark = rune == '_' || rune == '.' || rune == '-' || rune == '[' || rune == ']';
		if (!mark && !rune_is_space(rune) && !rune_is_word(rune)) return false;
		at += step;
	}
	*operator = at;
	return true;
}

static void tell(struct env_scan *scan, struct env_statement *statement, size_t told, size_t end) {
	statement->lines = env_lines(scan, told, statement->key.start, end);
	/* Text behind a closing quote begins the next statement, on the same line. */
	if (statement->quote && statement->lines.end > end)
		statement->lines.end = (uint32_t)end;
	struct text rest = text_slice(scan->bytes, end, env_line_feed(scan, end));
	size_t sign = blank_skip(BLANKS_UNICODE, rest, 0, rest.length);
	if (statement->quote && sign < rest.length && rest.bytes[sign] == '#')
		statement->comment = env_span(end + sign, end + rest.length);
	if (statement->quote && (sign == rest.length || rest.bytes[sign] == '#'))
		statement->lines.end = env_lines(scan, told, end, end).end;
	if (statement->quote && sign < rest.length && rest.bytes[sign] != '#')
		env_fault(scan, "text-after-quote", env_span(end + sign, end + rest.length));
	env_report_value(scan, statement);
	statement->expanded = true;
	statement->effective = compose_expand(scan, statement);
	env_tell(scan, statement);
}

/* A name alone passes on the caller's variable. */
static void tell_inherited(struct env_scan *scan, struct env_statement *statement, size_t told, size_t end) {
	const struct text *inherited = env_inherited(scan, env_slice(scan, statement->key));
	statement->lines = env_lines(scan, told, statement->key.start, end - 1);
	statement->operator = statement->value = env_span(statement->key.end, statement->key.end);
	statement->dropped = env_passes_nothing_on(scan, env_slice(scan, statement->key));
	statement->content = inherited ? *inherited : TEXT("");
	env_tell(scan, statement);
}

static size_t refuse(struct env_scan *scan, const char *fault, size_t start, size_t end) {
	env_fault(scan, fault, env_span(start, end));
	return scan->bytes.length;
}

static size_t read_statement(struct env_scan *scan, size_t start, size_t told) {
	struct text bytes = scan->bytes;
	struct env_statement statement = {.quote = 0};
	size_t key = start, operator, end;
	if (text_starts_with(text_from(bytes, key), TEXT("export")) && blank_length(BLANKS_ASCII, bytes, key + 6) &&
	    bytes.bytes[key + 6] != '\v') {
		statement.export = env_span(key, key + 6);
		key = blank_skip(BLANKS_GODOTENV, bytes, key + 6, bytes.length);
	}
	if (key == bytes.length || !find_operator(scan, key, &operator))
		return refuse(scan, "invalid-key-refused", start, key == bytes.length ? key : operator + 1);
	size_t value = operator + 1;
	if (operator == bytes.length)
		value = operator = key;
	statement.key = env_span(key, blank_trim_end(BLANKS_UNICODE, bytes, key, operator));
	statement.operator = env_span(operator, value);
	struct text name = env_slice(scan, statement.key);
	if (text_has_byte(name, ' '))
		return refuse(scan, "invalid-key-refused", key, operator);
	bool inherits = value > operator && bytes.bytes[operator] == '\n';
	value = blank_skip(BLANKS_GODOTENV, bytes, value, bytes.length);
	if (inherits) {
		tell_inherited(scan, &statement, told, operator + 1);
		return operator + 1;
	}
	bool quoted = value < bytes.length && (bytes.bytes[value] == '\'' || bytes.bytes[value] == '"');
	end = quoted ? read_quoted(scan, value, &statement) : read_bare(scan, value, &statement);
	if (!end)
		return refuse(scan, "unterminated-quote-refused", value, line_feed_find(bytes, value));
	if (statement.quote == '"')
		statement.content = decode_escapes(scan->arena, statement.content);
	tell(scan, &statement, told, end - (!quoted && end > value && bytes.bytes[end - 1] == '\n'));
	return end;
}

static void scan_compose(struct env_scan *scan) {
	size_t at = mark_length(scan->bytes), told = at;
	while (!scan->stopped) {
		at = blank_skip(BLANKS_UNICODE, scan->bytes, at, scan->bytes.length);
		if (at == scan->bytes.length) break;
		if (scan->bytes.bytes[at] == '#') {
			size_t end = line_feed_find(scan->bytes, at);
			env_token(scan, TOKEN_COMMENT, at, end);
			at = told = end;
			continue;
		}
		at = read_statement(scan, at, told);
		told = at;
	}
}

ENV_READER(compose, "compose", "docker compose env_file: (2.26.1, 2.40.3 measured)",
	.scan = scan_compose, .encoding = ENV_RUNES_REPLACED);
