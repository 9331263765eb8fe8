#include "reader/env/expand.h"
#include "reader/env/rune.h"

/* The parser of godotenv 1.5.1, parser.go. */

/* `file` is the file with LF for CR LF; offsets are into it. */
struct go_scan {
	struct env_scan *scan;
	struct env_text file;
	struct text text;
	size_t told;      /* offset in the file */
};

static size_t skip_space(const struct go_scan *go, size_t at) {
	return blank_skip(BLANKS_GODOTENV, go->text, at, go->text.length);
}

/* --- values --- */

/* expandEscapes(): `\n` and `\r` first, then a backslash goes before anything but `$`. */
static struct text decode_escapes(struct arena *arena, struct text value) {
	struct buffer decoded = {.arena = arena};
	for (size_t i = 0; i < value.length; i++) {
		char next = value.bytes[i] == '\\' && i + 1 < value.length ? value.bytes[i + 1] : '$';
		if (next == '$') {
			buffer_add_byte(&decoded, value.bytes[i]);
			continue;
		}
		buffer_add_byte(&decoded, next == 'n' ? '\n' : next == 'r' ? '\r' : next);
		i++;
	}
	return buffer_text(&decoded);
}

/* The environment does not count. */
static const struct text *lookup(struct env_scan *scan, struct text name) { return env_given(scan, name); }

static const struct env_dollars dollars = {.parenthesis = PARENTHESIS_TAKEN, .lookup = lookup};

static size_t read_bare(struct go_scan *go, size_t at, struct env_statement *statement) {
	size_t end = line_end_find(go->text, at), value_end = end;
	for (size_t sign = end; sign > at; sign--) {
		bool comments = go->text.bytes[sign - 1] == '#' && sign - 1 > at &&
		                blank_trim_end(BLANKS_GODOTENV, go->text, at, sign - 1) < sign - 1;
		if (comments) {
			value_end = sign - 1;
			statement->comment = env_text_span(&go->file, sign - 1, end);
			break;
		}
	}
	size_t start = blank_skip(BLANKS_GODOTENV, go->text, at, value_end);
	value_end = blank_trim_end(BLANKS_GODOTENV, go->text, start, value_end);
	statement->value = env_text_span(&go->file, start, value_end);
	/* The line goes through []rune. */
	statement->content =
		utf8_repaired(go->scan->arena, text_slice(go->text, start, value_end), "\xef\xbf\xbd", true);
	return end;
}

/* The offset behind a value in quotes; 0 when the quote is not closed. */
static size_t read_quoted(struct go_scan *go, size_t at, struct env_statement *statement) {
	char quote = go->text.bytes[at];
	size_t close = at;
	do {
		close = byte_find(go->text, close + 1, quote);
		if (close == go->text.length)
			return 0;
	} while (go->text.bytes[close - 1] == '\\');
	statement->quote = quote;
	statement->value = env_text_span(&go->file, at, close + 1);
	struct text value = text_trim(text_slice(go->text, at, close), (char[]){quote, 0});
	statement->content = quote == '"' ? decode_escapes(go->scan->arena, value) : value;
	return close + 1;
}

/* --- statements --- */

/* The offset of `=` or `:` behind the key, the text's end when there is none; false at a character that no key may
 * hold. */
static bool find_operator(const struct go_scan *go, size_t at, size_t *operator) {
	for (; at < go->text.length; at++) {
		/* Each byte is taken for a character of Latin-1. */
		unsigned char byte = (unsigned char)go->text.bytes[at];
		if (byte == '=' || byte == ':') break;
		if (!rune_is_space(byte) && byte != '_' && byte != '.' && !rune_is_word(byte)) {
			*operator = at;
			return false;
		}
	}
	*operator = at;
	return true;
}

static void tell(struct go_scan *go, struct env_statement *statement, size_t start, size_t end) {
	struct env_scan *scan = go->scan;
	struct span whole = env_text_span(&go->file, start, end);
	statement->lines = env_lines(scan, go->told, whole.start, whole.end > whole.start ? whole.end : whole.start);
	env_skip_lines(scan, go->told, statement->lines.start);
	statement->expanded = statement->quote != '\'';
	if (statement->expanded)
		statement->effective = env_substitute(scan, statement->content, &dollars, statement->value);
	statement->dropped = !statement->name.length;
	if (statement->dropped)
		env_fault(scan, "invalid-key", env_span(statement->lines.start, whole.end));
	env_report_value(scan, statement);
	env_tell(scan, statement);
	/* A second statement may stand on the same line. */
	go->told = whole.end;
}

static size_t read_statement(struct go_scan *go, size_t start) {
	struct env_statement statement = {.quote = 0};
	size_t key = start, operator, end;
	if (text_starts_with(text_from(go->text, key), TEXT("export")) && skip_space(go, key + 6) > key + 6) {
		statement.export = env_text_span(&go->file, key, key + 6);
		key = skip_space(go, key + 6);
	}
	if (key == go->text.length || !find_operator(go, key, &operator)) {
		size_t stop = key == go->text.length ? key : operator + 1;
		env_fault(go->scan, "invalid-key-refused", env_text_span(&go->file, start, stop));
		return go->text.length;
	}
	size_t value = operator + 1;
	if (operator == go->text.length) {
		/* Without an operator the whole is a value that belongs to no key. */
		operator = key;
		value = key;
	}
	size_t key_end = blank_trim_end(BLANKS_UNICODE, go->text, key, operator);
	statement.key = env_text_span(&go->file, key, key_end);
	statement.name = text_slice(go->text, key, key_end);
	statement.operator = env_text_span(&go->file, operator, value);
	value = skip_space(go, value);
	bool quoted = value < go->text.length && (go->text.bytes[value] == '\'' || go->text.bytes[value] == '"');
	end = quoted ? read_quoted(go, value, &statement) : read_bare(go, value, &statement);
	if (!end) {
		size_t stop = line_end_find(go->text, value);
		env_fault(go->scan, "unterminated-quote-refused", env_text_span(&go->file, value, stop));
		return go->text.length;
	}
	tell(go, &statement, start, end);
	return end;
}

static void scan_godotenv(struct env_scan *scan) {
	struct go_scan go = {.scan = scan, .file = env_without_returns(scan)};
	go.text = go.file.text;
	for (size_t at = 0; !scan->stopped;) {
		at = blank_skip(BLANKS_UNICODE, go.text, at, go.text.length);
		if (at == go.text.length) break;
		if (go.text.bytes[at] != '#') {
			at = read_statement(&go, at);
			continue;
		}
		size_t end = line_feed_find(go.text, at);
		struct span comment = env_text_span(&go.file, at, end);
		env_token(scan, TOKEN_COMMENT, comment.start, comment.end);
		go.told = comment.end;
		at = end;
	}
}

ENV_READER(godotenv, "godotenv", "Go's godotenv (1.5.1 measured)",
	.scan = scan_godotenv, .nul = ENV_NUL_DROPS, .environment_wins = true);
