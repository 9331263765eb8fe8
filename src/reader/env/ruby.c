#include <string.h>

#include "reader/env/dotenv.h"
#include "reader/env/expand.h"

/* Values of Ruby's dotenv 3.2, lib/dotenv/parser.rb and lib/dotenv/substitutions/. */

/* --- substitutions --- */

/* (?!\() behind the `$`. */
static const struct env_dollars dollars = {
	.any_case = true, .parenthesis = PARENTHESIS_COMMAND, .lookup = env_lookup};

/* \$(...): the output of a command. None is run. */
static struct text substitute_commands(struct env_scan *scan, struct text value, struct span place) {
	struct buffer out = {.arena = scan->arena};
	if (text_find(value, TEXT("$(")) == TEXT_NOT_FOUND)
		return value;
	const size_t *ends = env_find_closing(scan->arena, value);
	for (size_t i = 0; i < value.length;) {
		size_t open = i + 1 + (value.bytes[i] == '\\');
		bool command = open < value.length && value.bytes[open] == '(' && value.bytes[open - 1] == '$';
		size_t end = command ? ends[open] : 0;
		if (!end) {
			buffer_add_byte(&out, value.bytes[i++]);
			continue;
		}
		if (value.bytes[i] == '\\') {
			buffer_add(&out, text_slice(value, i + 1, end));
		} else {
			env_fault(scan, "command-not-run", place);
			env_doubt(scan, ENV_OF_COMMAND);
		}
		i = end;
	}
	return buffer_text(&out);
}

/* --- values --- */

/* `\n` and `\r` get a second backslash, so that one stays. */
static struct text keep_line_ends(struct arena *arena, struct text value) {
	struct buffer out = {.arena = arena};
	for (size_t i = 0; i < value.length; i++) {
		char next = value.bytes[i] == '\\' && i + 1 < value.length ? value.bytes[i + 1] : 0;
		if (next == 'n' || next == 'r')
			buffer_add_byte(&out, '\\');
		buffer_add_byte(&out, value.bytes[i]);
	}
	return buffer_text(&out);
}

static struct text unescape(struct env_scan *scan, struct text value, bool double_quoted) {
	struct text name = TEXT("DOTENV_LINEBREAK_MODE");
	const struct text *given = env_given(scan, name), *mode = given ? given : env_inherited(scan, name);
	if (double_quoted && mode && text_is(*mode, "legacy"))
		value = env_unescape(scan->arena, value, "nr", "\n\r");
	else if (double_quoted)
		value = keep_line_ends(scan->arena, value);
	return env_strip_backslashes(scan->arena, value, '$');
}

static void read_value(struct env_scan *scan, struct env_statement *statement) {
	/* `:` counts with one blank. */
	size_t operator = statement->operator.start, behind = statement->operator.end;
	behind += operator < behind && behind < scan->bytes.length && scan->bytes.bytes[operator] == ':';
	bool no_group = operator == behind || behind == scan->bytes.length ||
	                text_has_byte(TEXT("\n\r#"), scan->bytes.bytes[behind]);
	bool exports_nothing = no_group && statement->export.end > statement->export.start &&
	                       statement->value.end == statement->value.start;
	if (exports_nothing && !env_inherited(scan, statement->name)) {
		/* Such a line only asks whether the variable is there. */
		statement->dropped = true;
		if (!env_given(scan, statement->name) && scan->reading->has_environment)
			env_fault(scan, "not-an-assignment-refused", statement->key);
	}
	struct text value = line_ends_unified(scan->arena, env_slice(scan, statement->value));
	/* strip() also takes NUL bytes. */
	while (value.length && !value.bytes[value.length - 1])
		value = blank_trim(BLANKS_ASCII, text_slice(value, 0, value.length - 1));
	while (value.length && !value.bytes[0])
		value = blank_trim(BLANKS_ASCII, text_from(value, 1));
	value = env_unquote(value, &statement->quote);
	if (statement->quote != '\'')
		value = unescape(scan, value, statement->quote == '"');
	statement->content = value;
	if (statement->quote == '\'') return;
	value = env_substitute(scan, value, &dollars, statement->value);
	statement->effective = substitute_commands(scan, value, statement->value);
	statement->expanded = true;
}

/* A command that can't be found ends the loading without an error: nothing of the file counts. What is not known is not
 * said to be missing. */
static void forget_all(struct env_scan *scan) {
	for (size_t i = 0; scan->reading->has_environment && i < scan->view->faults.count; i++)
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
