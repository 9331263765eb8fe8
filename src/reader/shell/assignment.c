#include "reader/env/expand.h"
#include "reader/shell/shell.h"

void shell_skip_blanks(struct shell *shell) {
	for (;;) {
		if (shell_next(shell) == ' ' || shell_next(shell) == '\t')
			shell->at++;
		else if (shell_next(shell) == '\\' && shell_byte(shell, shell->at + 1) == '\n')
			shell->at += 2;
		else
			return;
	}
}

size_t shell_find_assignment(const struct shell *shell) {
	size_t end = env_find_name_end(shell->text, shell->at);
	bool appends = shell_byte(shell, end) == '+' && shell_byte(shell, end + 1) == '=' && shell->kind != SHELL_DASH;
	return end > shell->at && (shell_byte(shell, end) == '=' || appends) ? end + appends : 0;
}

bool shell_is_element(const struct shell *shell) {
	size_t end = env_find_name_end(shell->text, shell->at);
	if (shell->kind == SHELL_DASH || end == shell->at || shell_byte(shell, end) != '[') return false;
	while (!shell_ends_word(shell, end) && shell_byte(shell, end) != ']')
		end++;
	return shell_byte(shell, end) == ']' && shell_byte(shell, end + 1) == '=';
}

/* The lines of a statement: all of its line when nothing but a comment follows it. */
static void set_lines(struct script *script, struct env_statement *statement, size_t end) {
	struct env_scan *scan = script->shell.scan;
	size_t line_end = env_line_feed(scan, end);
	size_t next = blank_skip(BLANKS_LINE, scan->bytes, end, line_end);
	bool comments = next > end && next < line_end && scan->bytes.bytes[next] == '#';
	statement->lines = env_lines(scan, script->told, statement->key.start, end);
	if (statement->export.end > statement->export.start && statement->export.start < statement->lines.start)
		statement->lines.start = statement->export.start;
	if (comments)
		statement->comment = env_span(next, line_end);
	else if (next < line_end)
		statement->lines.end = (uint32_t)end;
}

/* What an assignment says; offsets are into the shell's text. */
struct assignment {
	size_t key, equal, end;
	struct text name;      /* after expansion, in `export` */
	struct text content;
	struct span export;
	bool dropped;
};

static void tell(struct script *script, const struct assignment *assignment) {
	struct shell *shell = &script->shell;
	size_t equal = assignment->equal;
	bool appends = equal > assignment->key && shell_byte(shell, equal - 1) == '+';
	struct env_statement statement = {.export = assignment->export, .name = assignment->name,
	                                  .content = assignment->content, .dropped = assignment->dropped};
	statement.key = env_text_span(&script->file, assignment->key, equal - appends);
	statement.operator = env_text_span(&script->file, equal - appends, equal + 1);
	statement.value = env_text_span(&script->file, equal + 1, assignment->end);
	statement.quote = shell->words == 1 ? shell->quote : 0;
	const struct text *given = appends ? env_lookup_given(shell->scan, statement.name) : NULL;
	/* Each `+=` copies what was there: the bound on expansions keeps many of them from growing without end. */
	if (given && !env_can_expand(shell->scan, given->length, statement.key))
		given = NULL;
	statement.expanded = true;
	statement.effective = given ? text_join(shell->scan->arena, *given, assignment->content) : assignment->content;
	if (script->open || script->conditional)
		env_doubt(shell->scan, ENV_CONDITION);
	set_lines(script, &statement, env_text_span(&script->file, assignment->key, assignment->end).end);
	if (statement.dropped)
		env_fault(shell->scan, "command-not-run", env_span(statement.key.start, statement.value.end));
	env_tell(shell->scan, &statement);
	script->told = statement.lines.end;
}

void script_read_assignment(struct script *script, size_t equal, struct span export, bool lost) {
	struct shell *shell = &script->shell;
	struct buffer value = {.arena = shell->scan->arena};
	size_t key = shell->at;
	shell->scan->doubt = (struct env_doubt){0};
	shell->at = equal + 1;
	shell->place = env_text_span(&script->file, key, equal + 1);
	bool array = shell_next(shell) == '(' && shell->kind != SHELL_DASH;
	if (array) {
		shell->at = byte_find(shell->text, shell->at, ')') + 1;
		if (shell->at > shell->text.length) {
			shell_fail_syntax(shell);
			return;
		}
	} else {
		shell_read_text(shell, SHELL_VALUE, &value);
	}
	bool appends = equal > key && shell_byte(shell, equal - 1) == '+';
	struct assignment assignment = {key, equal, shell->at, text_slice(shell->text, key, equal - appends),
	                                buffer_text(&value), export, lost || array};
	if (!shell->dry && shell->reach == SHELL_GOES_ON)
		tell(script, &assignment);
}

void script_read_export(struct script *script, bool lost) {
	struct shell *shell = &script->shell;
	size_t start = shell->at;
	struct span export = env_text_span(&script->file, start, start);
	while (!shell_ends_word(shell, shell->at))
		shell->at++;
	if (text_is(text_slice(shell->text, start, shell->at), "export"))
		export = env_text_span(&script->file, start, shell->at);
	for (shell_skip_blanks(shell); shell->reach == SHELL_GOES_ON; shell_skip_blanks(shell)) {
		size_t equal = shell_find_assignment(shell);
		struct buffer word = {.arena = shell->scan->arena};
		char first = shell_next(shell);
		if (shell_ends_word(shell, shell->at) || first == '#') return;
		if (equal && shell->kind == SHELL_ZSH && shell_byte(shell, equal - 1) == '+' && !shell->dry) {
			shell_fail(shell, SHELL_STOPS);
			return;
		}
		if (equal) {
			script_read_assignment(script, equal, export, lost);
			export = env_text_span(&script->file, shell->at, shell->at);
			continue;
		}
		size_t from = shell->at;
		shell->scan->doubt = (struct env_doubt){0};
		shell_read_text(shell, SHELL_WORD, &word);
		if (!word.length && !shell->quote) continue;
		struct text name = buffer_text(&word), content = name;
		size_t sign = text_find_byte(name, '='),
		       raw = text_find_byte(text_slice(shell->text, from, shell->at), '=');
		bool assigns = sign != TEXT_NOT_FOUND && raw != TEXT_NOT_FOUND;
		if (assigns)
			name = text_cut(&content, '=');
		bool valid = name.length && (first == '-' || env_find_name_end(name, 0) == name.length);
		if (assigns && valid && first != '-' && !shell->dry)
			tell(script, &(struct assignment){from, from + raw, shell->at, name, content, export, lost});
		if (!valid && !shell->dry && shell->kind != SHELL_BASH)
			shell_fail(shell, shell->kind == SHELL_DASH ? SHELL_REFUSES : SHELL_STOPS);
	}
}
