#include "reader/env/expand.h"
#include "reader/env/rune.h"

/* Rust's dotenvy 0.15.7, src/iter.rs (which bytes are a line) and src/parse.rs (what a line means). */

/* --- lines --- */

enum line_state { COMPLETE, ESCAPED, STRONG, STRONG_ESCAPED, WEAK, WEAK_ESCAPED, BLANK, COMMENTED };

static enum line_state next_state(const struct env_scan *scan, enum line_state state, size_t at) {
	char byte = scan->bytes.bytes[at];
	switch (state) {
	case ESCAPED: return COMPLETE;
	case STRONG_ESCAPED: return STRONG;
	case WEAK_ESCAPED: return WEAK;
	case STRONG: return byte == '\\' ? STRONG_ESCAPED : byte == '\'' ? COMPLETE : STRONG;
	case WEAK: return byte == '\\' ? WEAK_ESCAPED : byte == '"' ? COMPLETE : WEAK;
	default: break;
	}
	/* Of two blanks the second one ends the first one's state: only an odd number of them starts a comment. */
	if (state == BLANK && byte == '#')
		return COMMENTED;
	if (state == COMPLETE && byte != '\n' && byte != '\r' && blank_length(BLANKS_UNICODE, scan->bytes, at))
		return BLANK;
	return byte == '\\' ? ESCAPED : byte == '"' ? WEAK : byte == '\'' ? STRONG : COMPLETE;
}

struct rust_line {
	size_t end;    /* of what is parsed */
	size_t next;   /* where the next line begins */
	bool open;     /* the file ends within it */
};

static struct rust_line read_line(const struct env_scan *scan, size_t at) {
	enum line_state state = COMPLETE;
	size_t length = scan->bytes.length, step;
	for (size_t i = at; i < length; i += step) {
		uint32_t rune;
		step = rune_decode(scan->bytes, i, &rune);
		state = next_state(scan, state, i);
		if (state == COMMENTED) {
			size_t feed = line_feed_find(scan->bytes, i);
			return (struct rust_line){i, feed + (feed < length), false};
		}
		if (rune == '\n' && state == COMPLETE)
			return (struct rust_line){i - (i > at && scan->bytes.bytes[i - 1] == '\r'), i + 1, false};
	}
	return (struct rust_line){length, length, state != COMPLETE};
}

/* --- values --- */

struct rust_value {
	struct buffer out, name;
	bool strong, weak, escaped;
	bool ends;             /* a blank was met: only a comment may follow */
	enum { NO_NAME, NAME, BRACED_NAME } mode;
	struct span place;
};

static void substitute(struct env_scan *scan, struct rust_value *value) {
	env_expand(scan, &value->out, env_lookup(scan, buffer_text(&value->name)), value->place);
	/* A fresh buffer: the text may live on as a key. */
	value->name = (struct buffer){.arena = scan->arena};
}

static void read_name_rune(struct env_scan *scan, struct rust_value *value, struct text rune, uint32_t code) {
	if (rune_is_word(code)) {
		buffer_add(&value->name, rune);
	} else if (value->mode == BRACED_NAME) {
		if (code != '}') {
			buffer_add(&value->name, rune);
			return;
		}
		value->mode = NO_NAME;
		substitute(scan, value);
	} else if (code == '{' && !value->name.length) {
		value->mode = BRACED_NAME;
	} else {
		substitute(scan, value);
		value->mode = code == '$' ? NAME : NO_NAME;
		if (code != '$')
			buffer_add(&value->out, rune);
	}
}

static bool read_escaped_rune(struct rust_value *value, uint32_t code) {
	value->escaped = false;
	if (code > 0x7f || !text_has_byte(TEXT("\\'\"$ n"), (char)code)) return false;
	buffer_add_byte(&value->out, code == 'n' ? '\n' : (char)code);
	return true;
}

/* One character; the kind of the fault that refuses the file, or NULL. */
static const char *read_rune(struct env_scan *scan, struct rust_value *value, struct text rune, uint32_t code) {
	if (value->ends)
		return code == ' ' || code == '\t' ? NULL : "text-after-quote-refused";
	if (value->escaped)
		return read_escaped_rune(value, code) ? NULL : "invalid-escape-refused";
	if (value->strong && code != '\'')
		buffer_add(&value->out, rune);
	else if (value->strong)
		value->strong = false;
	else if (value->mode != NO_NAME)
		read_name_rune(scan, value, rune, code);
	else if (code == '$')
		value->mode = NAME;
	else if (code == '\\')
		value->escaped = true;
	else if (code == '"')
		value->weak = !value->weak;
	else if (value->weak)
		buffer_add(&value->out, rune);
	else if (code == '\'')
		value->strong = true;
	else if (code == ' ' || code == '\t')
		value->ends = true;
	else
		buffer_add(&value->out, rune);
	return NULL;
}

static bool read_value(struct env_scan *scan, size_t start, size_t end, struct env_statement *statement) {
	struct rust_value value = {.out.arena = scan->arena, .name.arena = scan->arena, .place = env_span(start, end)};
	size_t at = start, step, last = start;
	for (; at < end; at += step) {
		uint32_t code;
		step = rune_decode(scan->bytes, at, &code);
		if (value.ends && code == '#') break;
		const char *fault = read_rune(scan, &value, text_slice(scan->bytes, at, at + step), code);
		if (fault) {
			env_fault(scan, fault, env_span(at, end));
			return false;
		}
		last = value.ends ? last : at + step;
	}
	if (value.mode == BRACED_NAME || value.strong || value.weak) {
		env_fault(scan, value.mode == BRACED_NAME ? "invalid-expansion-refused" : "unterminated-quote-refused",
		          env_span(start, end));
		return false;
	}
	substitute(scan, &value);
	char first = scan->bytes.bytes[start];
	statement->value = env_span(start, last);
	if (at < end)
		statement->comment = env_span(at, end);
	if ((first == '\'' || first == '"') && last > start + 1 && scan->bytes.bytes[last - 1] == first)
		statement->quote = first;
	statement->content = statement->effective = buffer_text(&value.out);
	return true;
}

/* --- statements --- */

static size_t read_key(const struct env_scan *scan, size_t at, size_t end) {
	size_t start = at;
	while (at < end && (env_is_name_byte(scan->bytes.bytes[at], at == start) ||
	                    (at > start && scan->bytes.bytes[at] == '.')))
		at++;
	return at;
}

static size_t skip(const struct env_scan *scan, size_t at, size_t end) {
	return blank_skip(BLANKS_UNICODE, scan->bytes, at, end);
}

/* The key at `at`, and the offset of its `=`; false when there is none. */
static bool read_assignment(const struct env_scan *scan, size_t at, size_t end, struct env_statement *statement,
                            size_t *equal) {
	size_t key_end = read_key(scan, at, end);
	statement->key = env_span(at, key_end);
	*equal = skip(scan, key_end, end);
	bool assigns = key_end > at && *equal < end && scan->bytes.bytes[*equal] == '=';
	if (assigns || !text_is(env_slice(scan, statement->key), "export") || statement->export.end > 0)
		return assigns;
	statement->export = statement->key;
	return read_assignment(scan, *equal, end, statement, equal);
}

static void tell_line(struct env_scan *scan, size_t line, size_t start, const struct rust_line *read) {
	struct env_statement statement = {.lines = env_span(line, read->next), .expanded = true};
	size_t end = blank_trim_end(BLANKS_UNICODE, scan->bytes, start, read->end), equal;
	if (!read_assignment(scan, start, end, &statement, &equal)) {
		env_fault(scan, "not-an-assignment-refused", env_span(start, end));
		return;
	}
	statement.operator = env_span(equal, equal + 1);
	size_t value = skip(scan, equal + 1, end);
	if (value == end || scan->bytes.bytes[value] == '#') {
		statement.value = env_span(equal + 1, equal + 1);
		statement.comment = env_span(value, end);
	} else if (!read_value(scan, value, end, &statement)) {
		return;
	}
	if (statement.comment.end == statement.comment.start && read->end < scan->bytes.length &&
	    scan->bytes.bytes[read->end] == '#')
		statement.comment = env_span(read->end, line_end_find(scan->bytes, read->end));
	env_report_value(scan, &statement);
	env_tell(scan, &statement);
}

static void scan_dotenvy(struct env_scan *scan) {
	size_t at = mark_length(scan->bytes);
	while (at < scan->bytes.length && !scan->stopped) {
		size_t feed = line_feed_find(scan->bytes, at);
		size_t first = skip(scan, at, feed);
		if (first < feed && scan->bytes.bytes[first] == '#') {
			env_skip_lines(scan, at, feed);
			at = feed + (feed < scan->bytes.length);
			continue;
		}
		struct rust_line line = read_line(scan, at);
		first = skip(scan, at, line.end);
		if (line.open)
			env_fault(scan, "unterminated-quote-refused", env_span(first, line.end));
		else if (first < line.end)
			tell_line(scan, at, first, &line);
		at = line.next;
	}
}

ENV_READER(dotenvy, "dotenvy", "Rust's dotenvy (0.15.7 measured)",
	.scan = scan_dotenvy, .encoding = ENV_UTF8_REFUSED, .nul = ENV_NUL_REFUSED, .environment_wins = true,
	.first_wins = true);
