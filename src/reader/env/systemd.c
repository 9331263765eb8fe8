#include "base/buffer.h"
#include "reader/env/env.h"

/* systemd's parse_env_file_internal() (src/basic/env-file.c) of 247 to 252, and strv_env_clean() behind it. */

struct systemd_value {
	struct buffer content;
	size_t first, last;   /* from the first byte of the value to behind its last byte that is no blank */
	size_t pieces;        /* quoted pieces and unquoted text */
	char quote;           /* of the newest quoted piece */
	bool open;            /* a quote is not closed */
};

static bool is_line_end(char byte) { return byte == '\n' || byte == '\r'; }

static bool is_blank(char byte) { return byte == ' ' || byte == '\t' || is_line_end(byte); }

/* The offset behind the closing quote, or the end of the file. */
static size_t read_quoted(struct text bytes, size_t at, struct systemd_value *value) {
	char quote = bytes.bytes[at++];
	value->quote = quote;
	value->pieces++;
	for (; at < bytes.length; at++) {
		char byte = bytes.bytes[at];
		if (byte == quote)
			return at + 1;
		if (byte == '\\' && quote == '"') {
			if (++at == bytes.length) break;
			byte = bytes.bytes[at];
			if (byte == '\n') continue;
			if (!text_has_byte(TEXT("\"\\`$"), byte))
				buffer_add_byte(&value->content, '\\');
		}
		buffer_add_byte(&value->content, byte);
	}
	value->open = true;
	return bytes.length;
}

/* Text outside quotes, up to the line's end: blanks at its end go, unless a backslash comes behind them. */
static size_t read_bare(struct text bytes, size_t at, struct systemd_value *value) {
	size_t kept = value->content.length;
	value->pieces++;
	for (; at < bytes.length && !is_line_end(bytes.bytes[at]); at++) {
		bool escapes = bytes.bytes[at] == '\\';
		if (escapes && ++at == bytes.length) {
			kept = value->content.length;
			break;
		}
		bool counts = escapes || !is_blank(bytes.bytes[at]);
		if (!escapes || !is_line_end(bytes.bytes[at]))
			buffer_add_byte(&value->content, bytes.bytes[at]);
		if (counts) {
			kept = value->content.length;
			value->last = at + 1;
		}
	}
	value->content.length = kept;
	return at;
}

/* The offset of the line's end behind the value that starts at `at`. */
static size_t read_value(struct text bytes, size_t at, struct systemd_value *value) {
	value->first = value->last = at;
	while (at < bytes.length && !is_line_end(bytes.bytes[at])) {
		char byte = bytes.bytes[at];
		if (is_blank(byte)) {
			at++;
			continue;
		}
		if (!value->pieces)
			value->first = at;
		if (byte != '\'' && byte != '"')
			return read_bare(bytes, at, value);
		value->last = at = read_quoted(bytes, at, value);
	}
	return at;
}

static size_t tell(struct env_scan *scan, size_t line, struct span key, size_t equal) {
	struct systemd_value value = {.content.arena = scan->arena};
	size_t end = read_value(scan->bytes, equal + 1, &value);
	struct env_statement statement = {.key = key, .operator = env_span(equal, equal + 1)};
	size_t next = end + line_end_length(scan->bytes, end);
	statement.lines = env_span(line, next);
	statement.value = env_span(value.first, value.last);
	if (value.pieces == 0)
		statement.value = env_span(equal + 1, equal + 1);
	statement.quote = value.pieces == 1 ? value.quote : 0;
	statement.content = buffer_text(&value.content);
	struct text name = env_slice(scan, key);
	if (!text_is_utf8(name) || !text_is_utf8(statement.content))
		env_fault(scan, "not-utf8-refused", env_span(key.start, statement.value.end));
	if (value.open)
		env_fault(scan, "unterminated-quote", statement.value);
	else if (value.quote && value.pieces > 1)
		env_fault(scan, "text-after-quote", statement.value);
	/* env_name_is_valid(): other names are left out of the environment. */
	statement.dropped = !name.length || env_find_name_end(name, 0) < name.length;
	if (statement.dropped)
		env_fault(scan, "invalid-key", key);
	env_tell(scan, &statement);
	return next;
}

/* The offset behind a comment and its line end; a backslash takes the next byte along, a line end too. */
static size_t skip_comment(struct env_scan *scan, size_t at) {
	size_t start = at;
	while (at < scan->bytes.length && !is_line_end(scan->bytes.bytes[at]))
		at += scan->bytes.bytes[at] == '\\' ? 2 : 1;
	if (at > scan->bytes.length)
		at = scan->bytes.length;
	env_token(scan, TOKEN_COMMENT, start, at);
	return at + line_end_length(scan->bytes, at);
}

static void scan_systemd(struct env_scan *scan) {
	struct text bytes = scan->bytes;
	size_t nul = text_find_byte(bytes, '\0');
	if (nul != TEXT_NOT_FOUND)
		env_fault(scan, "nul-byte-refused", env_span(nul, nul + 1));
	for (size_t at = 0, line = 0; at < bytes.length && !scan->stopped;) {
		if (is_blank(bytes.bytes[at])) {
			line = is_line_end(bytes.bytes[at]) ? at + 1 : line;
			at++;
			continue;
		}
		if (bytes.bytes[at] == '#' || bytes.bytes[at] == ';') {
			at = line = skip_comment(scan, at);
			continue;
		}
		/* The first byte belongs to the key, whatever it is. */
		size_t end = at + 1;
		while (end < bytes.length && !is_line_end(bytes.bytes[end]) && bytes.bytes[end] != '=')
			end++;
		if (end < bytes.length && bytes.bytes[end] == '=') {
			at = line = tell(scan, line, env_span(at, blank_trim_end(BLANKS_LINE, bytes, at, end)), end);
			continue;
		}
		env_token(scan, TOKEN_GARBAGE, at, end);
		env_fault(scan, "not-an-assignment", env_span(at, end));
		at = end;
	}
}

ENV_READER(systemd, "systemd", "systemd EnvironmentFile= (247, 252 measured)",
	.scan = scan_systemd, .mark_kept = true);
