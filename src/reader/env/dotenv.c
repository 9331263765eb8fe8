#include "reader/env/dotenv.h"

#include "reader/env/expand.h"
#include "reader/env/javascript.h"

/* One match of LINE: offsets into the file. */
struct match {
	size_t first;              /* where `export` or the key begins */
	struct span export;
	struct span key;
	struct span operator;      /* `=` or `:`; empty without one */
	size_t group, group_end;   /* the group of the value, blanks included */
	size_t tail_end;           /* where the match ends */
};

static const struct dotenv_switches *switches_of(const struct env_scan *scan) { return scan->dialect->switches; }

static size_t line_end_at(const struct env_scan *scan, size_t at) {
	return switches_of(scan)->line_end(scan->bytes, at);
}

static bool is_quote(const struct env_scan *scan, size_t at) {
	return at < scan->bytes.length && text_has_byte(text_of(switches_of(scan)->quotes), scan->bytes.bytes[at]);
}

static bool is_key_byte(const struct env_scan *scan, size_t at) {
	char byte = scan->bytes.bytes[at];
	return text_is_word_byte(byte) || text_has_byte(text_of(switches_of(scan)->key_marks), byte);
}

static size_t skip_space(const struct env_scan *scan, size_t at) {
	return blank_skip(switches_of(scan)->blanks, scan->bytes, at, scan->bytes.length);
}

/* \s*(?:#.*)?$ behind a value: whether the rest of its line is blanks and a comment. */
static bool tail_matches(const struct env_scan *scan, size_t at) {
	size_t step = 0;
	while (at < scan->bytes.length && !line_end_at(scan, at) &&
	       (step = blank_length(switches_of(scan)->blanks, scan->bytes, at)) > 0)
		at += step;
	return at == scan->bytes.length || scan->bytes.bytes[at] == '#' || line_end_at(scan, at);
}

static size_t find_line_end(const struct env_scan *scan, size_t at) {
	while (at < scan->bytes.length && !line_end_at(scan, at))
		at++;
	return at;
}

/* Where the tail that tail_matches() has found ends: it also takes blank lines and a comment behind them. */
static size_t find_tail_end(const struct env_scan *scan, size_t at) {
	size_t end = skip_space(scan, at);
	if (end == scan->bytes.length)
		return end;
	if (scan->bytes.bytes[end] == '#')
		return find_line_end(scan, end);
	size_t last = at;
	for (size_t i = at, step; i < end; i += step) {
		if (line_end_at(scan, i))
			last = i;
		step = line_end_at(scan, i);
		if (!step)
			step = blank_length(switches_of(scan)->blanks, scan->bytes, i);
	}
	return last;
}

/* The offset behind the closing quote of the quoted alternative that opens at `open`, or 0 when it doesn't match. The
 * star is greedy: the first quote without a backslash before it closes, or else, by backtracking, the last one with a
 * backslash before it. Each needs a tail. */
static size_t match_quoted(const struct env_scan *scan, size_t open) {
	char quote = scan->bytes.bytes[open];
	size_t matched = 0;
	for (size_t at = open + 1;; at++) {
		at = byte_find(scan->bytes, at, quote);
		if (at == scan->bytes.length)
			return matched;
		bool escaped = at > open + 1 && scan->bytes.bytes[at - 1] == '\\';
		if (tail_matches(scan, at + 1))
			matched = at + 1;
		if (!escaped)
			return matched;
	}
}

/* The group of the value from `start`, right behind the operator. Something always matches, if only the empty text. */
static void match_value(const struct env_scan *scan, size_t start, struct match *match) {
	size_t open = skip_space(scan, start), end = 0;
	if (is_quote(scan, open))
		end = match_quoted(scan, open);
	if (!end) {
		end = start;
		while (end < scan->bytes.length && scan->bytes.bytes[end] != '#' && scan->bytes.bytes[end] != '\n' &&
		       scan->bytes.bytes[end] != '\r')
			end++;
	}
	match->group = start;
	match->group_end = end;
	match->tail_end = find_tail_end(scan, end);
}

/* The key at `at` and what follows it. */
static bool match_from_key(const struct env_scan *scan, size_t at, struct match *match) {
	size_t end = at, start;
	while (end < scan->bytes.length && is_key_byte(scan, end))
		end++;
	if (end == at) return false;
	match->key = env_span(at, end);
	size_t equal = skip_space(scan, end);
	if (equal < scan->bytes.length && scan->bytes.bytes[equal] == '=') {
		match->operator = env_span(equal, equal + 1);
		start = equal + 1;
	} else if (end < scan->bytes.length && scan->bytes.bytes[end] == ':' &&
	           blank_length(switches_of(scan)->blanks, scan->bytes, end + 1)) {
		match->operator = env_span(end, end + 1);
		size_t step = line_end_length(scan->bytes, end + 1);
		start = end + 1 + (step ? step : blank_length(switches_of(scan)->blanks, scan->bytes, end + 1));
	} else if (switches_of(scan)->bare_keys && tail_matches(scan, end)) {
		match->operator = env_span(end, end);
		match->group = match->group_end = end;
		match->tail_end = find_tail_end(scan, end);
		return true;
	} else {
		return false;
	}
	match_value(scan, start, match);
	return true;
}

static bool match_line(const struct env_scan *scan, size_t first, struct match *match) {
	match->first = first;
	if (text_starts_with(text_from(scan->bytes, first), TEXT("export"))) {
		size_t key = skip_space(scan, first + 6);
		match->export = env_span(first, first + 6);
		if (key > first + 6 && match_from_key(scan, key, match)) return true;
	}
	match->export = env_span(first, first);
	return match_from_key(scan, first, match);
}

static void read_value(struct env_scan *scan, struct env_statement *statement) {
	struct text value = line_ends_unified(scan->arena, env_slice(scan, statement->value));
	bool decodes = value.length && value.bytes[0] == '"';
	value = javascript_strip_quotes(scan->arena, value, &statement->quote);
	statement->content = decodes ? env_unescape(scan->arena, value, "nr", "\n\r") : value;
	/* `parsed["__proto__"] = "text"` does nothing. */
	statement->dropped = text_is(statement->name, "__proto__");
	if (statement->dropped)
		env_fault(scan, "invalid-key", statement->key);
}

static size_t tell_match(struct env_scan *scan, size_t line, const struct match *match) {
	size_t line_end = find_line_end(scan, match->group_end);
	struct env_statement statement = {.export = match->export, .key = match->key, .operator = match->operator};
	statement.value = env_trim(scan, switches_of(scan)->blanks, match->group, match->group_end);
	size_t sign = blank_skip(switches_of(scan)->blanks, scan->bytes, match->group_end, line_end);
	if (sign < line_end)
		statement.comment = env_span(sign, line_end);
	line_end += line_end_at(scan, line_end);
	statement.lines = env_span(line, line_end);
	statement.name = env_slice(scan, statement.key);
	switches_of(scan)->read(scan, &statement);
	env_report_value(scan, &statement);
	env_tell(scan, &statement);
	return line_end;
}

/* The beginning of the line that `at` is in, not before `bound`. */
static size_t find_line_start(const struct env_scan *scan, size_t at, size_t bound) {
	size_t start = bound;
	for (size_t i = bound, step; i < at; i += step) {
		step = line_end_at(scan, i);
		if (step)
			start = i + step;
		else
			step = 1;
	}
	return start;
}

void dotenv_scan(struct env_scan *scan) {
	size_t told = switches_of(scan)->mark_dropped ? mark_length(scan->bytes) : 0, length = scan->bytes.length;
	for (size_t at = told; at < length && !scan->stopped;) {
		struct match match = {0};
		size_t first = skip_space(scan, at), from = first;
		if (match_line(scan, first, &match)) {
			size_t line = find_line_start(scan, first, told);
			env_skip_lines(scan, told, line);
			told = tell_match(scan, line, &match);
			from = match.tail_end;
		}
		at = find_line_end(scan, from);
		at += line_end_at(scan, at);
	}
	env_skip_lines(scan, told, length);
}

const struct dotenv_switches dotenv_switches = {
	.blanks = BLANKS_JAVASCRIPT,
	.line_end = line_end_length_javascript,
	.quotes = "'\"`",
	.key_marks = ".-",
	.read = read_value,
};

ENV_READER(dotenv, "dotenv", "npm dotenv 16 to 18, @nestjs/config 3 (16.6.1, 17.4.2, 18.0.10 measured)",
	.scan = dotenv_scan, .encoding = ENV_UTF8_REPLACED, .nul = ENV_NUL_ENDS, .environment_wins = true,
	.switches = &dotenv_switches);
