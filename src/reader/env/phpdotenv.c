#include "reader/env/expand.h"
#include "reader/env/rune.h"

/* The parser of phpdotenv 5.8, src/Parser/, and src/Loader/Resolver.php. */

/* --- lines --- */

/* Quotes behind any byte but a backslash; pairs of backslashes count for nothing. */
static size_t count_quotes(struct text line) {
	size_t count = 0;
	char before = '\0';
	for (size_t i = 0; i < line.length; i++) {
		if (line.bytes[i] == '\\' && i + 1 < line.length && line.bytes[i + 1] == '\\') {
			i++;
			continue;
		}
		count += line.bytes[i] == '"' && before != '\\';
		before = line.bytes[i];
	}
	return count;
}

static bool starts_lines(struct text line) {
	size_t start = text_find(line, TEXT("=\"")), sign = text_find_byte(line, '#');
	return start != TEXT_NOT_FOUND && (sign == TEXT_NOT_FOUND || sign > start) && count_quotes(line) < 2;
}

/* An entry is a line, or several from one that seems to open a quote to the next one that has a quote. */
static struct env_line read_entry(const struct env_scan *scan, size_t at) {
	struct env_line line = env_line_at(scan, at, line_end_length), entry = line;
	if (!starts_lines(text_slice(scan->bytes, line.start, line.end)))
		return entry;
	while (line.next < scan->bytes.length) {
		line = env_line_at(scan, line.next, line_end_length);
		entry.end = line.end;
		entry.next = line.next;
		struct text text = text_slice(scan->bytes, line.start, line.end);
		if (count_quotes(text) > 0) break;
	}
	return entry;
}

/* --- names --- */

static bool is_trimmed(char byte) { return !byte || text_has_byte(TEXT(" \n\r\t\v"), byte); }

/* PHP's trim(). */
static struct span trim(const struct env_scan *scan, size_t start, size_t end) {
	while (start < end && is_trimmed(scan->bytes.bytes[start]))
		start++;
	while (end > start && is_trimmed(scan->bytes.bytes[end - 1]))
		end--;
	return env_span(start, end);
}

static bool is_name_byte(char byte) { return text_is_word_byte(byte) || byte == '.'; }

/* [\p{Ll}\p{Lu}\p{M}\p{N}_.]+ */
static bool is_name(struct text text) {
	for (size_t i = 0, step; i < text.length; i += step) {
		uint32_t rune;
		step = rune_decode(text, i, &rune);
		if (step == 1 ? !is_name_byte(text.bytes[i]) : !rune_is_word(rune)) return false;
	}
	return text.length > 0;
}

static bool read_name(struct env_scan *scan, struct span name, struct env_statement *statement) {
	struct text text = env_slice(scan, name);
	statement->key = name;
	if (text.length > 7 && text_starts_with(text, TEXT("export")) && blank_length(BLANKS_ASCII, text, 6)) {
		statement->export = env_span(name.start, name.start + 6);
		statement->key.start = (uint32_t)blank_skip(BLANKS_ASCII, scan->bytes, name.start + 6, name.end);
	}
	char quote;
	statement->name = env_unquote(env_slice(scan, statement->key), &quote);
	return is_name(statement->name);
}

/* --- values --- */

enum state { INITIAL, UNQUOTED, SINGLE_QUOTED, DOUBLE_QUOTED, ESCAPE, WHITESPACE, COMMENT };

struct php_value {
	struct buffer content;
	struct LIST_OF(size_t) dollars; /* offsets in the content of each `$` that may begin a variable */
	enum state state;
	size_t end;                     /* behind the last byte that is neither blank nor comment */
	size_t comment;                 /* where `#` stands, or the value's end */
	size_t pieces;
};

static void add(struct env_scan *scan, struct php_value *value, char byte, bool variable) {
	if (variable)
		*list_add(scan->arena, &value->dollars) = value->content.length;
	buffer_add_byte(&value->content, byte);
}

static const char *read_bare_byte(struct env_scan *scan, struct php_value *value, size_t at) {
	char byte = scan->bytes.bytes[at];
	bool initial = value->state == INITIAL;
	value->pieces += initial;
	if (byte == '#') {
		value->state = COMMENT;
		value->comment = at;
	} else if (initial && (byte == '\'' || byte == '"')) {
		value->state = byte == '"' ? DOUBLE_QUOTED : SINGLE_QUOTED;
	} else if (!initial && blank_length(BLANKS_ASCII, scan->bytes, at)) {
		value->state = WHITESPACE;
	} else {
		value->state = UNQUOTED;
		add(scan, value, byte, byte == '$');
	}
	return NULL;
}

static const char *read_double_quoted_byte(struct env_scan *scan, struct php_value *value, char byte) {
	static const char names[] = "fnrtv\"\\$", bytes[] = "\f\n\r\t\v\"\\$";
	if (value->state == DOUBLE_QUOTED) {
		if (byte == '"' || byte == '\\')
			value->state = byte == '"' ? WHITESPACE : ESCAPE;
		else
			add(scan, value, byte, byte == '$');
		return NULL;
	}
	size_t name = text_find_byte(text_of(names), byte);
	if (name == TEXT_NOT_FOUND)
		return "invalid-escape-refused";
	add(scan, value, bytes[name], false);
	value->state = DOUBLE_QUOTED;
	return NULL;
}

/* One byte of the value; the kind of the fault that refuses the file, or NULL. */
static const char *read_byte(struct env_scan *scan, struct php_value *value, size_t at) {
	char byte = scan->bytes.bytes[at];
	switch (value->state) {
	case INITIAL:
	case UNQUOTED:
		return read_bare_byte(scan, value, at);
	case SINGLE_QUOTED:
		if (byte == '\'')
			value->state = WHITESPACE;
		else
			add(scan, value, byte, false);
		return NULL;
	case DOUBLE_QUOTED:
	case ESCAPE:
		return read_double_quoted_byte(scan, value, byte);
	case WHITESPACE:
		if (byte != '#')
			return blank_length(BLANKS_ASCII, scan->bytes, at) ? NULL : "text-after-quote-refused";
		value->state = COMMENT;
		value->comment = at;
		return NULL;
	default:
		return NULL;
	}
}

/* The value in a span without blanks at its ends; false when it refuses the file. */
static bool read_value(struct env_scan *scan, struct span span, struct env_statement *statement,
                       struct php_value *value) {
	value->comment = value->end = span.start;
	for (size_t at = span.start, step; at < span.end; at += step) {
		/* The lines of an entry are joined with line feeds. */
		step = line_end_length(scan->bytes, at);
		const char *fault = NULL;
		if (step && (value->state == SINGLE_QUOTED || value->state == DOUBLE_QUOTED))
			add(scan, value, '\n', false);
		else
			fault = read_byte(scan, value, at);
		if (fault) {
			env_fault(scan, fault, env_span(at, span.end));
			return false;
		}
		step = step ? step : 1;
		if (value->state != COMMENT && !blank_length(BLANKS_ASCII, scan->bytes, at))
			value->end = at + step;
	}
	if (value->state == SINGLE_QUOTED || value->state == DOUBLE_QUOTED || value->state == ESCAPE) {
		env_fault(scan, "unterminated-quote-refused", span);
		return false;
	}
	char first = span.start < span.end ? scan->bytes.bytes[span.start] : 0;
	statement->value = env_span(span.start, value->end);
	if (value->state == COMMENT)
		statement->comment = env_span(value->comment, span.end);
	statement->quote = first == '\'' || first == '"' ? first : 0;
	statement->content = buffer_text(&value->content);
	return true;
}

/* --- variables: /\A\${([a-zA-Z0-9_.]+)}/ --- */

static struct text reversed(struct arena *arena, struct text text) {
	char *bytes = arena_allocate(arena, text.length + 1);
	for (size_t i = 0; i < text.length; i++)
		bytes[i] = text.bytes[text.length - 1 - i];
	return (struct text){bytes, text.length};
}

/* `out` holds the text from a `$` on, last byte first: replaces the variable in front. */
static void replace_front(struct env_scan *scan, struct buffer *out, struct span place) {
	size_t at = out->length;
	if (at < 4 || out->bytes[at - 2] != '{') return;
	size_t end = at - 2;
	while (end > 0 && is_name_byte(out->bytes[end - 1]))
		end--;
	if (end == at - 2 || end == 0 || out->bytes[end - 1] != '}') return;
	const struct text *known = env_lookup(scan, reversed(scan->arena, (struct text){out->bytes + end, at - 2 - end}));
	if (!known) return;
	out->length = end - 1;
	if (env_can_expand(scan, known->length, place))
		buffer_add(out, reversed(scan->arena, *known));
}

/* From the last `$` to the first, so that what a variable brings may complete an earlier one. */
static struct text expand(struct env_scan *scan, struct php_value *value, struct span place) {
	struct text content = buffer_text(&value->content);
	if (!value->dollars.count)
		return content;
	struct buffer out = {.arena = scan->arena};
	size_t left = value->dollars.count;
	for (size_t i = content.length; i > 0; i--) {
		buffer_add_byte(&out, content.bytes[i - 1]);
		if (left > 0 && value->dollars.items[left - 1] == i - 1) {
			replace_front(scan, &out, place);
			left--;
		}
	}
	return reversed(scan->arena, buffer_text(&out));
}

/* --- entries --- */

static void tell_entry(struct env_scan *scan, const struct env_line *entry) {
	struct env_statement statement = {.lines = env_span(entry->start, entry->next)};
	struct php_value value = {.content.arena = scan->arena};
	size_t name_end = byte_find(text_slice(scan->bytes, 0, entry->end), entry->start, '=');
	bool absent = name_end == entry->end;
	struct span name = absent ? env_span(entry->start, name_end) : trim(scan, entry->start, name_end);
	if (!read_name(scan, name, &statement)) {
		env_fault(scan, "invalid-key-refused", env_span(entry->start, entry->end));
		return;
	}
	statement.operator = env_span(name_end, name_end + !absent);
	struct span span = trim(scan, statement.operator.end, entry->end);
	if (span.start == span.end)
		span = env_span(statement.operator.end, statement.operator.end);
	if (!read_value(scan, span, &statement, &value)) return;
	if (absent) {
		/* A name alone clears the variable. */
		statement.dropped = true;
		env_fault(scan, "not-an-assignment", name);
		env_forget(scan, statement.name);
	}
	statement.expanded = true;
	statement.effective = expand(scan, &value, statement.value);
	env_report_value(scan, &statement);
	env_tell(scan, &statement);
}

static void scan_phpdotenv(struct env_scan *scan) {
	size_t at = mark_length(scan->bytes);
	while (at < scan->bytes.length && !scan->stopped) {
		struct env_line entry = read_entry(scan, at);
		struct span text = trim(scan, entry.start, entry.end);
		if (text.start == text.end || scan->bytes.bytes[text.start] == '#') {
			if (text.start < text.end)
				env_token(scan, TOKEN_COMMENT, text.start, entry.end);
		} else {
			tell_entry(scan, &entry);
		}
		at = entry.next;
	}
}

ENV_READER(phpdotenv, "phpdotenv", "PHP's vlucas/phpdotenv 5 (5.8.0 measured)",
	.scan = scan_phpdotenv, .encoding = ENV_UTF8_QUESTION, .environment_wins = true);
