#include "reader/env/expand.h"

/* A value in quotes ends at the last quote of its kind, whatever follows; another one at the first `#`. */
static void cut_value(struct env_scan *scan, struct env_statement *statement) {
	struct span value = statement->value;
	struct text text = env_slice(scan, value);
	char quote = text.length ? text.bytes[0] : 0;
	if (quote == '\'' || quote == '"') {
		size_t close = text_find_last_byte(text, quote);
		statement->content = text_slice(text, 1, close);
		if (close == 0) {
			env_fault(scan, "unterminated-quote", value);
			return;
		}
		statement->quote = quote;
		statement->value.end = value.start + (uint32_t)close + 1;
		size_t rest = blank_skip(BLANKS_JAVASCRIPT, scan->bytes, statement->value.end, value.end);
		if (rest < value.end && scan->bytes.bytes[rest] != '#')
			env_fault(scan, "text-after-quote", env_span(rest, value.end));
		statement->comment = env_span(rest, value.end);
		return;
	}
	size_t sign = text_find_byte(text, '#');
	if (sign != TEXT_NOT_FOUND) {
		statement->comment = env_span(value.start + sign, value.end);
		statement->value.end =
			(uint32_t)blank_trim_end(BLANKS_JAVASCRIPT, scan->bytes, value.start, value.start + sign);
	}
	statement->content = env_slice(scan, statement->value);
	env_report_value(scan, statement);
}

static bool tell_line(struct env_scan *scan, const struct env_line *line) {
	size_t first = blank_skip(BLANKS_JAVASCRIPT, scan->bytes, line->start, line->end);
	/* The key has at least one byte: a `=` in front belongs to it. */
	size_t equal = text_find_byte(text_slice(scan->bytes, line->start + 1, line->end), '=');
	if (equal == TEXT_NOT_FOUND || scan->bytes.bytes[first] == '#') return false;
	struct env_statement statement = env_cut_line(scan, line, line->start + 1 + equal, BLANKS_JAVASCRIPT);
	cut_value(scan, &statement);
	statement.content = env_unescape(scan->arena, statement.content, "n", "\n");
	statement.dropped = text_is(env_slice(scan, statement.key), "__proto__");
	if (text_has_byte(env_slice(scan, statement.key), ' '))
		env_fault(scan, "invalid-key", statement.key);
	env_tell(scan, &statement);
	return true;
}

ENV_READER(env_cmd, "env-cmd", "npm env-cmd 11 (11.0.0 measured)",
	.scan = env_scan_lines, .line_end = line_end_length_javascript, .tell_line = tell_line,
	.encoding = ENV_UTF8_REPLACED);
