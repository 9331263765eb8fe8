#include "reader/env/expand.h"

/* The parser of python-dotenv 1.2.2, dotenv/parser.py and variables.py; names are those of its regular expressions. */

/* [^\S\r\n]* */
static size_t skip_whitespace(const struct env_scan *scan, size_t at) {
	size_t step;
	while (!line_end_length(scan->bytes, at) && (step = blank_length(BLANKS_PYTHON, scan->bytes, at)) > 0)
		at += step;
	return at;
}

/* The key at `at`: its span without quotes; the offset behind it, or 0 when there is none. */
static size_t read_key(const struct env_scan *scan, size_t at, struct span *key) {
	size_t end = at;
	if (env_byte(scan, at) == '\'') {
		size_t close = text_find_byte(text_from(scan->bytes, at + 1), '\'');
		*key = env_span(at + 1, at + 1 + close);
		return close == TEXT_NOT_FOUND || close == 0 ? 0 : at + 2 + close;
	}
	while (end < scan->bytes.length && env_byte(scan, end) != '=' && env_byte(scan, end) != '#' &&
	       !blank_length(BLANKS_PYTHON, scan->bytes, end))
		end++;
	*key = env_span(at, end);
	return end > at ? end : 0;
}

/* The offset behind the quote that closes the one at `open`: the first without a backslash before it, or else the last
 * one; 0 when there is none. */
static size_t find_close(const struct env_scan *scan, size_t open) {
	size_t found = 0;
	for (size_t at = open + 1, hit; (hit = text_find_byte(text_from(scan->bytes, at), scan->bytes.bytes[open])) !=
	                                TEXT_NOT_FOUND;) {
		at += hit + 1;
		found = at;
		if (at - 2 <= open || scan->bytes.bytes[at - 2] != '\\') break;
	}
	return found;
}

static struct text decode_quoted(struct env_scan *scan, struct text value, char quote) {
	value = line_ends_unified(scan->arena, value);
	if (quote == '\'')
		return env_unescape(scan->arena, value, "\\'", "\\'");
	return env_unescape(scan->arena, value, "\\'\"abfnrtv", "\\'\"\a\b\f\n\r\t\v");
}

/* --- expansion: \$\{(?P<name>[^\}:]*)(?::-(?P<default>[^\}]*))?\} --- */

struct atom {
	struct text name, fallback;
	size_t end;             /* behind `}`; 0: no variable starts here */
};

/* The next byte of `set` from `at` on. `*known` keeps the answer for later questions, so that all of them together pass
 * over the text once. */
static size_t find_next(struct text text, size_t at, const char *set, size_t *known) {
	if (*known < at)
		*known = at;
	while (*known < text.length && !text_has_byte(text_of(set), text.bytes[*known]))
		++*known;
	return *known;
}

static struct atom read_atom(struct text value, size_t at, size_t *stop, size_t *close) {
	struct atom atom = {.end = 0};
	size_t name_end = find_next(value, at + 2, "}:", stop);
	atom.name = text_slice(value, at + 2, name_end);
	if (name_end >= value.length)
		return atom;
	size_t end = find_next(value, name_end, "}", close);
	if (value.bytes[name_end] == '}')
		atom.end = name_end + 1;
	else if (end < value.length && value.bytes[name_end + 1] == '-')
		atom.end = end + 1;
	atom.fallback = text_slice(value, name_end + 2, end);
	return atom;
}

static struct text expand(struct env_scan *scan, struct text value, struct span place) {
	if (text_find(value, TEXT("${")) == TEXT_NOT_FOUND)
		return value;
	struct buffer expanded = {.arena = scan->arena};
	for (size_t at = 0, stop = 0, close = 0; at < value.length;) {
		struct atom atom = {.end = 0};
		if (value.bytes[at] == '$' && at + 1 < value.length && value.bytes[at + 1] == '{')
			atom = read_atom(value, at, &stop, &close);
		if (!atom.end) {
			buffer_add_byte(&expanded, value.bytes[at++]);
			continue;
		}
		const struct text *known = env_lookup(scan, atom.name);
		env_expand(scan, &expanded, known ? known : &atom.fallback, place);
		at = atom.end;
	}
	return buffer_text(&expanded);
}

/* --- bindings --- */

/* The value at `at`; the offset behind it, or 0 when its quote is not closed. */
static size_t read_value(struct env_scan *scan, size_t at, struct env_statement *statement) {
	char first = env_byte(scan, at);
	if (first == '\'' || first == '"') {
		size_t end = find_close(scan, at);
		if (!end)
			return 0;
		statement->value = env_span(at, end);
		statement->quote = first;
		statement->content = decode_quoted(scan, text_slice(scan->bytes, at + 1, end - 1), first);
		return end;
	}
	size_t line_end = line_end_find(scan->bytes, at), end = line_end, blank;
	for (size_t i = at; i < line_end; i = blank + (blank == i)) {
		blank = blank_skip(BLANKS_PYTHON, scan->bytes, i, line_end);
		if (blank > i && blank < line_end && scan->bytes.bytes[blank] == '#') {
			end = i;
			statement->comment = env_span(blank, line_end);
			break;
		}
	}
	statement->value = env_span(at, blank_trim_end(BLANKS_PYTHON, scan->bytes, at, end));
	statement->content = env_slice(scan, statement->value);
	return line_end;
}

/* The binding at `at`; false where python-dotenv warns and passes over the rest of the line from `*end` on. */
static bool read_binding(struct env_scan *scan, size_t at, struct env_statement *statement, size_t *end) {
	*end = at;
	if (text_starts_with(text_from(scan->bytes, at), TEXT("export")) && skip_whitespace(scan, at + 6) > at + 6) {
		statement->export = env_span(at, at + 6);
		*end = at = skip_whitespace(scan, at + 6);
	}
	if (env_byte(scan, at) != '#') {
		at = read_key(scan, at, &statement->key);
		if (!at) return false;
	}
	*end = at = skip_whitespace(scan, at);
	statement->absent = env_byte(scan, at) != '=';
	statement->operator = statement->value = env_span(at, at);
	if (!statement->absent) {
		statement->operator = env_span(at, at + 1);
		*end = at = skip_whitespace(scan, at + 1);
		at = read_value(scan, at, statement);
		if (!at) {
			env_fault(scan, "unterminated-quote", env_span(*end, line_end_find(scan->bytes, *end)));
			return false;
		}
	}
	*end = at;
	at = skip_whitespace(scan, at);
	if (env_byte(scan, at) == '#') {
		statement->comment = env_span(at, line_end_find(scan->bytes, at));
		*end = at = statement->comment.end;
	}
	bool ends = at == scan->bytes.length || line_end_length(scan->bytes, at) > 0;
	if (!ends && statement->quote)
		env_fault(scan, "text-after-quote", env_span(at, line_end_find(scan->bytes, at)));
	return ends;
}

static void tell_binding(struct env_scan *scan, struct env_statement *statement) {
	statement->name = line_ends_unified(scan->arena, env_slice(scan, statement->key));
	/* os.environ refuses such a name. */
	if (text_has_byte(statement->name, '=') && !statement->absent)
		env_fault(scan, "invalid-key-refused", statement->key);
	if (statement->absent) {
		env_fault(scan, "not-an-assignment", statement->key);
		env_forget(scan, statement->name);
	}
	statement->expanded = true;
	statement->effective = expand(scan, statement->content, statement->value);
	env_report_value(scan, statement);
	env_tell(scan, statement);
}

static void scan_python(struct env_scan *scan) {
	for (size_t told = 0, end; told < scan->bytes.length && !scan->stopped;) {
		struct env_statement statement = {.quote = 0};
		size_t at = blank_skip(BLANKS_PYTHON, scan->bytes, told, scan->bytes.length);
		if (at == scan->bytes.length) break;
		bool binds = read_binding(scan, at, &statement, &end);
		size_t line_end = line_end_find(scan->bytes, end);
		size_t next = line_end + line_end_length(scan->bytes, line_end);
		size_t blank_lines = env_lines(scan, told, at, at).start;
		statement.lines = env_span(blank_lines, next);
		statement.dropped = statement.absent;
		if (binds && statement.key.end > statement.key.start)
			tell_binding(scan, &statement);
		else
			env_skip_lines(scan, blank_lines, next);
		told = next;
	}
}

ENV_READER(python_dotenv, "python-dotenv", "python-dotenv (0.15.0, 0.21.0, 1.2.1, 1.2.2 measured)",
	.scan = scan_python, .encoding = ENV_UTF8_REFUSED, .nul = ENV_NUL_REFUSED_LAST, .environment_wins = true,
	.mark_kept = true);
