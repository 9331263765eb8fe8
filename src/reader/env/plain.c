/* Programs that read one assignment a line and know next to nothing of quotes and comments. */
#include "reader/env/expand.h"

/* --- docker --env-file --- */

/* bufio.Scanner gives up on a line that does not fit its buffer with its line feed. */
enum { DOCKER_LONGEST_LINE = 64 * 1024 };

static const char *docker_fault(const struct env_scan *scan, const struct env_statement *statement, size_t length) {
	struct text key = env_slice(scan, statement->key);
	if (length > DOCKER_LONGEST_LINE)
		return "line-too-long-refused";
	bool blank = text_has_byte(key, ' ') || text_has_byte(key, '\t');
	return !key.length || blank ? "invalid-key-refused" : NULL;
}

static void scan_docker_line(struct env_scan *scan, const struct env_line *line) {
	size_t length = line->next - line->start + (line->next == line->end);
	size_t first = blank_skip(BLANKS_UNICODE, scan->bytes, line->start, line->end);
	if (first == line->end || scan->bytes.bytes[first] == '#') {
		env_skip_lines(scan, line->start, line->end);
		if (length > DOCKER_LONGEST_LINE)
			env_fault(scan, "line-too-long-refused", env_span(line->start, line->end));
		return;
	}
	size_t key_end = byte_find(text_slice(scan->bytes, 0, line->end), first, '=');
	struct env_statement statement = {.lines = env_span(line->start, line->next), .key = env_span(first, key_end)};
	statement.operator = env_span(key_end, key_end + (key_end < line->end));
	statement.value = env_span(statement.operator.end, line->end);
	statement.content = env_slice(scan, statement.value);
	if (key_end == line->end) {
		/* A name alone passes on the caller's variable. */
		const struct text *inherited = env_inherited(scan, env_slice(scan, statement.key));
		statement.dropped = env_passes_nothing_on(scan, env_slice(scan, statement.key));
		statement.content = inherited ? *inherited : TEXT("");
	}
	const char *fault = docker_fault(scan, &statement, length);
	if (fault)
		env_fault(scan, fault, env_span(statement.key.start, line->end));
	env_report_value(scan, &statement);
	env_tell(scan, &statement);
}

static void scan_docker(struct env_scan *scan) {
	size_t at = mark_length(scan->bytes);
	while (at < scan->bytes.length && !scan->stopped) {
		struct env_line line = env_line_at(scan, at, line_feed_length);
		if (line.end == line.next && scan->bytes.bytes[line.end - 1] == '\r')
			line.end--;
		scan_docker_line(scan, &line);
		at = line.next;
	}
}

ENV_READER(docker, "docker", "docker --env-file (28.2.2, 28.5.2 measured): quotes stay, all behind `=` is the value",
	.scan = scan_docker, .encoding = ENV_UTF8_REFUSED);

/* --- python-decouple --- */

static bool tell_decouple(struct env_scan *scan, const struct env_line *line) {
	size_t first = blank_skip(BLANKS_PYTHON, scan->bytes, line->start, line->end);
	size_t equal = text_find_byte(text_slice(scan->bytes, line->start, line->end), '=');
	if (equal == TEXT_NOT_FOUND || scan->bytes.bytes[first] == '#') return false;
	struct env_statement statement = env_cut_line(scan, line, line->start + equal, BLANKS_PYTHON);
	statement.content = env_unquote(env_slice(scan, statement.value), &statement.quote);
	env_report_value(scan, &statement);
	env_tell(scan, &statement);
	return true;
}

ENV_READER(decouple, "decouple",
           "python-decouple (3.6 measured): no comments behind a value, one pair of quotes removed",
           .scan = env_scan_lines, .line_end = line_end_length, .tell_line = tell_decouple,
           .encoding = ENV_UTF8_REFUSED, .environment_wins = true, .mark_kept = true);

/* --- foreman --- */

static bool tell_foreman(struct env_scan *scan, const struct env_line *line) {
	size_t equal = line->start;
	while (equal < line->end && text_is_word_byte(scan->bytes.bytes[equal]))
		equal++;
	if (equal == line->start || equal == line->end || scan->bytes.bytes[equal] != '=') return false;
	struct env_statement statement = {.lines = env_span(line->start, line->next)};
	statement.key = env_span(line->start, equal);
	statement.operator = env_span(equal, equal + 1);
	statement.value = env_span(equal + 1, line->end);
	statement.content = env_unquote(env_slice(scan, statement.value), &statement.quote);
	if (statement.quote == '"') {
		struct text decoded = env_unescape(scan->arena, statement.content, "n", "\n");
		statement.content = env_strip_backslashes(scan->arena, decoded, '\n');
	}
	env_report_value(scan, &statement);
	/* The shell between foreman and the program does not hand on such a name. */
	statement.dropped = !env_is_name_byte(scan->bytes.bytes[line->start], true);
	if (statement.dropped)
		env_fault(scan, "invalid-key", statement.key);
	env_tell(scan, &statement);
	return true;
}

ENV_READER(foreman, "foreman", "foreman (0.87.2 measured): no blanks around `=`, no comments behind a value",
	.scan = env_scan_lines, .line_end = line_feed_length, .tell_line = tell_foreman,
	.encoding = ENV_UTF8_REFUSED, .nul = ENV_NUL_REFUSED_LAST, .mark_kept = true);
