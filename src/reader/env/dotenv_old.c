#include "reader/env/expand.h"
#include "reader/env/javascript.h"

/* npm dotenv before 15 goes line by line: RE_INI_KEY_VAL of lib/main.js. */
struct old_switches {
	bool comments; /* 14: `\s+#.*` may follow the value */
};

/* A line's value: offsets into the file. */
struct old_value {
	size_t start, end;  /* the group of the value */
	size_t comment;     /* where `#` stands, or the line's end */
};

/* The end of what `.` matches from `at` on: the line's end, or a U+2028 or U+2029 before it. */
static size_t find_separator(const struct env_scan *scan, size_t at, size_t end) {
	while (at < end && !line_end_length_javascript(scan->bytes, at))
		at++;
	return at;
}

/* (\s+#.*)?$ at `at`; `*sign` becomes the offset of `#`, or the line's end. `stop` is the first separator from `at` on,
 * or from before it. */
static bool tail_matches(const struct env_scan *scan, size_t at, size_t stop, size_t end, size_t *sign) {
	*sign = blank_skip(BLANKS_JAVASCRIPT, scan->bytes, at, end);
	bool comments = *sign > at && *sign < end && scan->bytes.bytes[*sign] == '#' &&
	                (*sign <= stop ? stop : find_separator(scan, *sign, end)) == end;
	if (!comments)
		*sign = end;
	return comments || at == end;
}

/* ("[^"]*"|'[^']*'|.*?)(\s+#.*)?$ from `start` on. */
static bool match_with_comment(const struct env_scan *scan, size_t start, size_t end, struct old_value *value) {
	size_t step, stop = find_separator(scan, start, end);
	char quote = start < end ? scan->bytes.bytes[start] : 0;
	if (quote == '"' || quote == '\'') {
		size_t close = text_find_byte(text_slice(scan->bytes, start + 1, end), quote);
		value->end = start + 2 + close;
		if (close != TEXT_NOT_FOUND && tail_matches(scan, value->end, stop, end, &value->comment)) return true;
	}
	for (size_t at = start; at <= stop; at = at + step) {
		value->end = at;
		if (tail_matches(scan, at, stop, end, &value->comment)) return true;
		/* Within a run of blanks only its beginning can start a tail that the next ones could not. */
		step = blank_skip(BLANKS_JAVASCRIPT, scan->bytes, at, stop) - at;
		if (at + step == stop && step > 0 && stop == end)
			return value->end = end, true;
		if (!step)
			step = 1;
	}
	return false;
}

/* (.*)?\s*$ from `start` on. */
static bool match_to_end(const struct env_scan *scan, size_t start, size_t end, struct old_value *value) {
	value->end = find_separator(scan, start, end);
	value->comment = end;
	return blank_skip(BLANKS_JAVASCRIPT, scan->bytes, value->end, end) == end;
}

static struct text read_content(struct env_scan *scan, struct text group, char *quote) {
	char first = group.length ? group.bytes[0] : 0;
	bool quoted = (first == '"' || first == '\'') && group.bytes[group.length - 1] == first;
	if (!quoted)
		return blank_trim(BLANKS_JAVASCRIPT, group);
	/* substring(1, 0) is substring(0, 1): a lone quote stays. */
	*quote = group.length > 1 ? first : 0;
	struct text inner = group.length > 1 ? text_slice(group, 1, group.length - 1) : group;
	return first == '"' ? env_unescape(scan->arena, inner, "n", "\n") : inner;
}

static bool tell_line(struct env_scan *scan, const struct env_line *line) {
	const struct old_switches *switches = scan->dialect->switches;
	size_t key = blank_skip(BLANKS_JAVASCRIPT, scan->bytes, line->start, line->end), key_end = key;
	while (key_end < line->end && javascript_is_key_byte(scan->bytes.bytes[key_end]))
		key_end++;
	size_t equal = blank_skip(BLANKS_JAVASCRIPT, scan->bytes, key_end, line->end);
	if (key == key_end || equal == line->end || scan->bytes.bytes[equal] != '=') return false;
	struct old_value value = {.start = blank_skip(BLANKS_JAVASCRIPT, scan->bytes, equal + 1, line->end)};
	bool matches = switches->comments ? match_with_comment(scan, value.start, line->end, &value)
	                                  : match_to_end(scan, value.start, line->end, &value);
	if (!matches) return false;
	struct env_line without_comment = {line->start, value.end, line->next};
	struct env_statement statement = env_cut_line(scan, &without_comment, equal, BLANKS_JAVASCRIPT);
	statement.comment = env_span(value.comment, line->end);
	statement.content = read_content(scan, text_slice(scan->bytes, value.start, value.end), &statement.quote);
	statement.dropped = text_is(env_slice(scan, statement.key), "__proto__");
	env_report_value(scan, &statement);
	env_tell(scan, &statement);
	return true;
}

static const struct old_switches version_14 = {.comments = true}, version_10 = {.comments = false};

ENV_READER(dotenv_14, "dotenv-14", "npm dotenv 14 (14.3.2 measured): `#` behind a blank starts a comment",
	.scan = env_scan_lines, .line_end = line_end_length, .tell_line = tell_line,
	.encoding = ENV_UTF8_REPLACED, .nul = ENV_NUL_ENDS, .environment_wins = true, .switches = &version_14);

ENV_READER(dotenv_10, "dotenv-10", "npm dotenv 8 to 10 (8.6.0, 10.0.0 measured): no comments behind a value",
	.scan = env_scan_lines, .line_end = line_end_length, .tell_line = tell_line,
	.encoding = ENV_UTF8_REPLACED, .nul = ENV_NUL_ENDS, .environment_wins = true, .switches = &version_10);
