/* Two Go programs that took the regular expression of Ruby's dotenv over, for one line at a time. In Go's strings `\'`
 * is a mere quote, so that a quoted value reaches to the last quote of the line behind which only a comment stands. */
#include "reader/env/expand.h"

struct line_switches {
	bool bare_blanks;       /* an unquoted value may hold blanks; what it can't hold is `#` */
	bool mark_dropped;      /* a byte order mark is passed over */
	size_t longest;         /* bytes of a line with its end; a longer one ends the reading; 0: no bound */
	void (*content)(struct env_scan *, struct text group, struct env_statement *);
	void (*tell)(struct env_scan *, const struct env_statement *);
};

/* --- the line --- */

/* Go's \s has no vertical tab. */
static size_t skip_space(struct text bytes, size_t at, size_t end) {
	while (at < end && text_has_byte(TEXT(" \t\n\f\r"), bytes.bytes[at]))
		at++;
	return at;
}

static bool tail_matches(struct text bytes, size_t at, size_t end) {
	at = skip_space(bytes, at, end);
	return at == end || bytes.bytes[at] == '#';
}

/* The offset behind the last quote that has a tail, or 0. */
static size_t match_quoted(struct text bytes, size_t open, size_t end) {
	for (size_t close = end - 1; close > open; close--)
		if (bytes.bytes[close] == bytes.bytes[open] && tail_matches(bytes, close + 1, end))
			return close + 1;
	return 0;
}

static size_t match_bare(struct text bytes, size_t at, size_t end, bool blanks) {
	while (at < end && bytes.bytes[at] != '#' && (blanks || skip_space(bytes, at, at + 1) == at))
		at++;
	return at;
}

/* The offset of `=` or `:` behind the key that ends at `at`, and where the group of the value starts; 0 for none. */
static size_t match_operator(const struct env_scan *scan, size_t at, size_t end, size_t *value) {
	const struct line_switches *switches = scan->dialect->switches;
	size_t equal = skip_space(scan->bytes, at, end);
	if (equal < end && scan->bytes.bytes[equal] == '=') {
		*value = skip_space(scan->bytes, equal + 1, end);
		return equal;
	}
	if (at == end || scan->bytes.bytes[at] != ':' || skip_space(scan->bytes, at + 1, end) == at + 1)
		return 0;
	*value = switches->bare_blanks ? at + 2 : skip_space(scan->bytes, at + 1, end);
	return at;
}

static bool match_key(struct env_scan *scan, size_t at, size_t end, struct env_statement *statement, size_t *value) {
	size_t key_end = at;
	while (key_end < end && (text_is_word_byte(scan->bytes.bytes[key_end]) || scan->bytes.bytes[key_end] == '.'))
		key_end++;
	size_t operator = key_end > at ? match_operator(scan, key_end, end, value) : 0;
	if (!operator) return false;
	statement->key = env_span(at, key_end);
	statement->operator = env_span(operator, operator + 1);
	return true;
}

static bool match_line(struct env_scan *scan, size_t at, size_t end, struct env_statement *statement) {
	const struct line_switches *switches = scan->dialect->switches;
	struct text bytes = scan->bytes;
	size_t value, after = skip_space(bytes, at + 6, end);
	bool exports = text_starts_with(text_slice(bytes, at, end), TEXT("export")) && after > at + 6 &&
	               match_key(scan, after, end, statement, &value);
	if (exports)
		statement->export = env_span(at, at + 6);
	else if (!match_key(scan, at, end, statement, &value))
		return false;
	char first = value < end ? bytes.bytes[value] : 0;
	size_t group_end = first == '\'' || first == '"' ? match_quoted(bytes, value, end) : 0;
	if (!group_end)
		group_end = match_bare(bytes, value, end, switches->bare_blanks);
	if (!tail_matches(bytes, group_end, end)) return false;
	statement->value = env_trim(scan, BLANKS_LINE, value, group_end);
	statement->comment = env_span(skip_space(bytes, group_end, end), end);
	switches->content(scan, text_slice(bytes, value, group_end), statement);
	return true;
}

static void scan_lines(struct env_scan *scan) {
	const struct line_switches *switches = scan->dialect->switches;
	size_t at = switches->mark_dropped ? mark_length(scan->bytes) : 0;
	while (at < scan->bytes.length && !scan->stopped) {
		struct env_line line = env_line_at(scan, at, scan->dialect->line_end);
		if (line.end == line.next && scan->bytes.bytes[line.end - 1] == '\r')
			line.end--;
		if (switches->longest && line.next - line.start + (line.next == line.end) > switches->longest) {
			env_fault(scan, "rest-not-read", env_span(line.start, scan->bytes.length));
			break;
		}
		size_t first = skip_space(scan->bytes, line.start, line.end);
		struct env_statement statement = {.lines = env_span(line.start, line.next)};
		if (first == line.end || scan->bytes.bytes[first] == '#') {
			env_skip_lines(scan, line.start, line.end);
		} else if (match_line(scan, first, line.end, &statement)) {
			env_report_value(scan, &statement);
			switches->tell(scan, &statement);
		} else {
			env_fault(scan, "not-an-assignment-refused", env_span(first, line.end));
		}
		at = line.next;
	}
}

/* --- values --- */

static struct text decode_double_quoted(struct env_scan *scan, struct text value) {
	return env_strip_backslashes(scan->arena, env_unescape(scan->arena, value, "nr", "\n\r"), '$');
}

/* --- direnv --- */

/* One step of os.Expand() at a `$`: the name (empty for none), and the bytes it takes behind the `$`. `*close` is the
 * next
 * `}`, kept from call to call. */
static size_t shell_name(struct text value, size_t at, size_t *close, struct text *name) {
	static const char special[] = "*#$@!?-0123456789";
	size_t end = at;
	*name = text_slice(value, at, at);
	if (value.bytes[at] == '{') {
		bool one = at + 2 < value.length && value.bytes[at + 2] == '}' &&
		           text_has_byte(text_of(special), value.bytes[at + 1]);
		while (*close < value.length && (*close <= at || value.bytes[*close] != '}'))
			++*close;
		end = one ? at + 2 : *close;
		if (end >= value.length)
			return 1;
		*name = text_slice(value, at + 1, end);
		return end + 1 - at;
	}
	if (text_has_byte(text_of(special), value.bytes[at]))
		end++;
	else
		while (end < value.length && text_is_word_byte(value.bytes[end]))
			end++;
	*name = text_slice(value, at, end);
	return end - at;
}

static void add_direnv_variable(struct env_scan *scan, struct text expression, struct buffer *out, struct span place) {
	size_t operator = text_find(expression, TEXT(":-"));
	struct text name = operator == TEXT_NOT_FOUND ? expression : text_slice(expression, 0, operator);
	const struct text *given = env_given(scan, name), *inherited = env_inherited(scan, name);
	env_doubt_name(scan, name);
	if (given || (inherited && inherited->length))
		env_expand(scan, out, given ? given : inherited, place);
	else if (operator != TEXT_NOT_FOUND)
		buffer_add(out, text_from(expression, operator + 2));
}

static struct text expand_direnv(struct env_scan *scan, struct text value, struct span place) {
	struct buffer out = {.arena = scan->arena};
	for (size_t i = 0, close = 0; i < value.length; i++) {
		if (value.bytes[i] != '$' || i + 1 == value.length) {
			buffer_add_byte(&out, value.bytes[i]);
			continue;
		}
		struct text name;
		size_t taken = shell_name(value, i + 1, &close, &name);
		if (name.length)
			add_direnv_variable(scan, name, &out, place);
		else if (!taken)
			buffer_add_byte(&out, '$');
		i += taken;
	}
	return buffer_text(&out);
}

static void read_direnv(struct env_scan *scan, struct text group, struct env_statement *statement) {
	group = env_unquote(group, &statement->quote);
	if (statement->quote == '"')
		group = decode_double_quoted(scan, group);
	statement->content = group;
	statement->expanded = statement->quote != '\'';
	if (statement->expanded)
		statement->effective = expand_direnv(scan, group, statement->value);
}

/* --- gotenv --- */

static bool is_quote(char byte) { return byte == '\'' || byte == '"'; }

static void read_gotenv(struct env_scan *scan, struct text group, struct env_statement *statement) {
	bool single = group.length && group.bytes[0] == '\'', dquoted = group.length && group.bytes[0] == '"';
	struct text value = text_trim(group, " ");
	/* One quote of any kind goes at each end. */
	if (value.length > 1 && is_quote(value.bytes[0]) && is_quote(value.bytes[value.length - 1])) {
		statement->quote = value.bytes[0];
		value = text_slice(value, 1, value.length - 1);
	}
	if (dquoted)
		value = decode_double_quoted(scan, value);
	statement->content = value;
	statement->expanded = true;
	/* In single quotes only the backslash goes. */
	struct env_dollars dollars = {.lookup = single ? NULL : env_lookup_given};
	statement->effective = env_substitute(scan, value, &dollars, statement->value);
}

/* The statements that a value's further lines are taken for; all of them stand where the value stands. */
static void tell_further_lines(struct env_scan *scan, struct text lines, char end, const struct env_statement *outer) {
	size_t told = scan->told;
	struct env_doubt doubt = scan->doubt;
	scan->told = scan->bytes.length;
	while (lines.length) {
		struct env_scan inner = *scan;
		struct env_statement statement = {.quote = 0};
		inner.bytes = text_cut(&lines, end);
		inner.doubt = (struct env_doubt){0};
		size_t first = skip_space(inner.bytes, 0, inner.bytes.length);
		if (!match_line(&inner, first, inner.bytes.length, &statement)) continue;
		scan->expanded = inner.expanded;
		scan->doubt = inner.doubt;
		statement.name = env_slice(&inner, statement.key);
		statement.lines = outer->lines;
		statement.export = statement.key = statement.operator = outer->operator;
		statement.value = statement.comment = env_span(outer->value.end, outer->value.end);
		env_tell(scan, &statement);
	}
	scan->told = told;
	scan->doubt = doubt;
}

/* A value of several lines with a `=` in it is cut at its first line end. */
static void tell_gotenv(struct env_scan *scan, const struct env_statement *whole) {
	struct env_statement statement = *whole;
	struct text value = statement.effective;
	bool cuts = text_has_byte(value, '=') && value.length > 1;
	char end = cuts && !text_has_byte(value, '\n') ? '\r' : '\n';
	if (cuts && text_has_byte(value, end)) {
		env_fault(scan, "value-cut", statement.value);
		statement.effective = text_cut(&value, end);
		tell_further_lines(scan, value, end, whole);
	}
	env_tell(scan, &statement);
}

static const struct line_switches direnv = {.content = read_direnv, .tell = env_tell};

ENV_READER(direnv, "direnv", "direnv's dotenv function",
	.scan = scan_lines, .line_end = line_end_length, .encoding = ENV_RUNES_REPLACED, .switches = &direnv);

static const struct line_switches gotenv = {
	.bare_blanks = true, .mark_dropped = true, .longest = 64 * 1024, .content = read_gotenv, .tell = tell_gotenv};

ENV_READER(gotenv, "gotenv", "Go's gotenv (1.2 measured)",
	.scan = scan_lines, .line_end = line_feed_length, .nul = ENV_NUL_DROPS, .environment_wins = true, .switches = &gotenv);
