#include <string.h>

#include "reader/env/dotenv.h"
#include "reader/env/expand.h"
#include "reader/env/javascript.h"

/* Values of Ruby's dotenv 3.2, lib/dotenv/parser.rb and lib/dotenv/substitutions/. */

/* --- substitutions --- */

static bool is_name_byte(char byte)
{
	char low = (char)(byte | 0x20);
	return (low >= 'a' && low <= 'z') || (byte >= '0' && byte <= '9') || byte == '_';
}

/* (\\)?(\$)(?!\()\{?([A-Z0-9_]+)?\}?, letters of any case. */
static struct text substitute_variables(struct env_scan *scan, struct text value, struct span place)
{
	struct buffer out = {.arena = scan->arena};
	for (size_t i = 0; i < value.length;) {
		bool escaped = value.bytes[i] == '\\' && i + 1 < value.length && value.bytes[i + 1] == '$';
		size_t end = i + escaped + 1;
		bool command = end < value.length && value.bytes[end] == '(';
		if ((value.bytes[i] != '$' && !escaped) || command) {
			buffer_add_byte(&out, value.bytes[i++]);
			continue;
		}
		end += end < value.length && value.bytes[end] == '{';
		size_t name = end;
		while (end < value.length && is_name_byte(value.bytes[end]))
			end++;
		struct text key = text_slice(value, name, end);
		end += end < value.length && value.bytes[end] == '}';
		const struct text *known = env_inherited(scan, key);
		if (!known)
			known = env_given(scan, key);
		if (escaped || !key.length)
			buffer_add(&out, text_slice(value, i + escaped, end));
		else if (known)
			env_expand(scan, &out, *known, place);
		i = end;
	}
	return buffer_text(&out);
}

struct parenthesis {
	size_t at;
	bool empty;  /* nothing is in it, or in one that is in it: it does not count */
};

/* For each `(` of a value the offset behind the `)` that closes it, else 0. */
static size_t *find_closing(struct arena *arena, struct text value)
{
	struct LIST_OF(struct parenthesis) open = {0};
	size_t *ends = arena_array(arena, size_t, value.length + 1);
	for (size_t i = 0; i < value.length; i++) {
		if (value.bytes[i] == '(')
			*list_add(arena, &open) = (struct parenthesis){i, false};
		if (value.bytes[i] != ')' || !open.count)
			continue;
		struct parenthesis newest = open.items[--open.count];
		bool empty = newest.empty || newest.at + 1 == i;
		ends[newest.at] = empty ? 0 : i + 1;
		if (empty && open.count)
			open.items[open.count - 1].empty = true;
	}
	return ends;
}

/* \$(...): the output of a command. None is run. */
static struct text substitute_commands(struct env_scan *scan, struct text value, struct span place)
{
	struct buffer out = {.arena = scan->arena};
	if (text_find(value, TEXT("$(")) == TEXT_NOT_FOUND)
		return value;
	const size_t *ends = find_closing(scan->arena, value);
	for (size_t i = 0; i < value.length;) {
		size_t open = i + 1 + (value.bytes[i] == '\\');
		bool command = open < value.length && value.bytes[open] == '(' && value.bytes[open - 1] == '$';
		size_t end = command ? ends[open] : 0;
		if (!end) {
			buffer_add_byte(&out, value.bytes[i++]);
			continue;
		}
		if (value.bytes[i] == '\\')
			buffer_add(&out, text_slice(value, i + 1, end));
		else
			env_fault(scan, "command-not-run", place.start, place.end);
		i = end;
	}
	return buffer_text(&out);
}

/* --- values --- */

/* A backslash goes before anything but `$`. */
static struct text strip_backslashes(struct arena *arena, struct text value)
{
	struct buffer out = {.arena = arena};
	for (size_t i = 0; i < value.length; i++) {
		i += value.bytes[i] == '\\' && i + 1 < value.length && value.bytes[i + 1] != '$';
		buffer_add_byte(&out, value.bytes[i]);
	}
	return buffer_text(&out);
}

/* `\n` and `\r` get a second backslash, so that one stays. */
static struct text keep_line_ends(struct arena *arena, struct text value)
{
	struct buffer out = {.arena = arena};
	for (size_t i = 0; i < value.length; i++) {
		char next = value.bytes[i] == '\\' && i + 1 < value.length ? value.bytes[i + 1] : 0;
		if (next == 'n' || next == 'r')
			buffer_add_byte(&out, '\\');
		buffer_add_byte(&out, value.bytes[i]);
	}
	return buffer_text(&out);
}

static struct text unescape(struct env_scan *scan, struct text value, bool double_quoted)
{
	const struct text *mode = env_given(scan, TEXT("DOTENV_LINEBREAK_MODE"));
	if (!mode)
		mode = env_inherited(scan, TEXT("DOTENV_LINEBREAK_MODE"));
	if (double_quoted && mode && text_is(*mode, "legacy"))
		value = javascript_decode_line_ends(scan->arena, value, true);
	else if (double_quoted)
		value = keep_line_ends(scan->arena, value);
	return strip_backslashes(scan->arena, value);
}

static void read_value(struct env_scan *scan, struct env_statement *statement)
{
	/* `:` counts with one blank. */
	size_t operator = statement->operator.start, behind = statement->operator.end;
	behind += operator < behind && behind < scan->bytes.length && scan->bytes.bytes[operator] == ':';
	bool no_group = operator == behind || behind == scan->bytes.length ||
	                text_find_byte(TEXT("\n\r#"), scan->bytes.bytes[behind]) != TEXT_NOT_FOUND;
	bool exports_nothing = no_group && statement->export.end > statement->export.start &&
	                       statement->value.end == statement->value.start;
	if (exports_nothing && !env_inherited(scan, statement->name)) {
		/* Such a line only asks whether the variable is there. */
		statement->dropped = true;
		if (!env_given(scan, statement->name))
			env_fault(scan, "not-an-assignment-refused", statement->key.start, statement->key.end);
	}
	struct text value = line_ends_unified(scan->arena, env_slice(scan, statement->value));
	/* strip() also takes NUL bytes. */
	while (value.length && !value.bytes[value.length - 1])
		value = blank_trim(BLANKS_ASCII, text_slice(value, 0, value.length - 1));
	while (value.length && !value.bytes[0])
		value = blank_trim(BLANKS_ASCII, text_from(value, 1));
	char first = value.length > 1 ? value.bytes[0] : 0;
	if ((first == '\'' || first == '"') && value.bytes[value.length - 1] == first) {
		statement->quote = first;
		value = text_slice(value, 1, value.length - 1);
	}
	if (statement->quote != '\'')
		value = unescape(scan, value, statement->quote == '"');
	statement->content = value;
	if (statement->quote == '\'')
		return;
	value = substitute_variables(scan, value, statement->value);
	statement->effective = substitute_commands(scan, value, statement->value);
	statement->expanded = true;
}

/* A command that can't be found ends the loading without an error: nothing of the file counts. */
static void forget_all(struct env_scan *scan)
{
	for (size_t i = 0; i < scan->view->faults.count; i++)
		if (!strcmp(scan->view->faults.items[i].kind, "command-not-run"))
			scan->section->variables.count = 0;
}

static const struct dotenv_switches ruby_switches = {
	.blanks = BLANKS_ASCII,
	.line_end = line_end_length,
	.quotes = "'\"",
	.key_marks = ".",
	.read = read_value,
	.bare_keys = true,
	.mark_dropped = true,
};

ENV_READER(ruby_dotenv, "ruby-dotenv", "Ruby's dotenv 3 (3.2.0 measured)",
	.scan = dotenv_scan, .encoding = ENV_UTF8_REFUSED, .nul = ENV_NUL_REFUSED_LAST, .environment_wins = true,
	.finish = forget_all, .switches = &ruby_switches);
