#include "reader/shell/shell.h"

/* --- parameters --- */

/* NULL when it is not set. `$$`, `$!` and the like are not known and count as empty. */
const struct text *shell_lookup(const struct shell *shell, struct text name) {
	static const struct text nothing = TEXT_INIT(""), zero = TEXT_INIT("0");
	if (name.length && !env_is_name_byte(name.bytes[0], true)) {
		env_doubt(shell->scan, ENV_OF_SHELL);
		if (name.bytes[0] == '#' || name.bytes[0] == '?')
			return &zero;
		return name.bytes[0] == '$' || name.bytes[0] == '-' ? &nothing : NULL;
	}
	return env_lookup_given(shell->scan, name);
}

void shell_add_value(struct shell *shell, const struct text *value, struct buffer *out) {
	if (!shell->dry)
		env_expand(shell->scan, out, value, shell->place);
}

static bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

static size_t find_digits_end(const struct shell *shell, size_t at) {
	while (is_digit(shell_byte(shell, at)))
		at++;
	return at;
}

/* The offset behind a name or one special parameter at `at`; `at` when there is none. */
size_t shell_find_parameter_end(const struct shell *shell, size_t at) {
	size_t end = env_find_name_end(shell->text, at);
	char first = shell_byte(shell, at);
	bool special = first && text_has_byte(TEXT("0123456789@*#?-$!"), first);
	if (end > at || !special)
		return end;
	/* In the other shells `$10` is `$1` and a 0. */
	return shell->kind == SHELL_ZSH && is_digit(first) ? find_digits_end(shell, at) : at + 1;
}

/* What `${A:=x}` sets. Nothing that has a place in the file: no fix can be about it. */
static void assign(struct shell *shell, struct text name, struct text value) {
	struct env_scan *scan = shell->scan;
	if (!shell->kept || !env_is_name_byte(name.bytes[0], true)) return;
	size_t at = (size_t)(name.bytes - shell->text.bytes), told = scan->told;
	struct env_doubt doubt = scan->doubt;
	struct env_statement statement = {.name = name, .content = value};
	statement.key = env_text_span(shell->kept, at, at + name.length);
	statement.key.start = statement.key.end;
	statement.lines = statement.operator = statement.value = statement.key;
	scan->doubt = (struct env_doubt){.cause = ENV_CONDITION};
	scan->told = scan->bytes.length;
	env_tell(scan, &statement);
	scan->told = told;
	scan->doubt = doubt;
}

static void apply_operator(struct shell *shell, struct text name, bool colon, char operator, struct text other,
                           struct buffer *out) {
	const struct text *value = shell_lookup(shell, name);
	bool holds = value && (!colon || value->length);
	if (shell->dry) return;
	if (operator == '+')
		buffer_add(out, holds ? other : TEXT(""));
	else if (holds)
		shell_add_value(shell, value, out);
	else if (operator == '?' && !env_is_in_doubt(shell->scan))
		shell_fail(shell, SHELL_REFUSES);
	else if (operator != '?')
		buffer_add(out, other);
	if (operator == '=' && !holds)
		assign(shell, name, other);
}

/* What bash and zsh can do with a value beyond POSIX, and `#`, `%`: the result is not known. */
static void skip_unknown_operator(struct shell *shell, enum shell_context context) {
	struct buffer ignored = {.arena = shell->scan->arena};
	shell_read_text(shell, context, &ignored);
	env_doubt(shell->scan, ENV_OF_SHELL);
	if (!shell->dry)
		env_fault(shell->scan, "expansion-unknown", shell->place);
}

static void read_bad_substitution(struct shell *shell, enum shell_context context) {
	struct buffer ignored = {.arena = shell->scan->arena};
	shell_read_text(shell, context, &ignored);
	if (shell->dry) return;
	static const enum shell_reach reaches[] = {
		[SHELL_BASH] = SHELL_LINE_LOST, [SHELL_DASH] = SHELL_REFUSES, [SHELL_ZSH] = SHELL_STOPS};
	shell_fail(shell, reaches[shell->kind]);
}

/* Whether what follows the name in `${NAME...}` is an operator beyond `-`, `=`, `?` and `+`. */
static bool is_unknown_operator(const struct shell *shell, size_t at) {
	static const char *const operators[] = {[SHELL_BASH] = ":#%/^,@[", [SHELL_DASH] = "#%", [SHELL_ZSH] = ":#%/^["};
	char byte = shell_byte(shell, at);
	return byte && text_has_byte(text_of(operators[shell->kind]), byte);
}

/* `${...}`, behind its brace. */
void shell_read_braces(struct shell *shell, bool quoted, struct buffer *out) {
	enum shell_context context = quoted ? SHELL_BRACED_QUOTED : SHELL_BRACED;
	bool length = shell_next(shell) == '#' && shell_find_parameter_end(shell, shell->at + 1) > shell->at + 1;
	size_t start = shell->at + length, end = shell_find_parameter_end(shell, start);
	if (is_digit(shell_byte(shell, start)))
		end = find_digits_end(shell, start);
	struct text name = text_slice(shell->text, start, end);
	bool colon = shell_byte(shell, end) == ':';
	char operator = shell_byte(shell, end + colon);
	shell->at = end;
	if (end == start && (shell_byte(shell, end) != '}' || shell->kind != SHELL_ZSH)) {
		read_bad_substitution(shell, context);
	} else if (shell_byte(shell, end) == '}') {
		const struct text *value = shell_lookup(shell, name);
		if (length && !shell->dry)
			buffer_format(out, "%zu", value ? value->length : 0);
		else
			shell_add_value(shell, value, out);
	} else if (!length && operator && text_has_byte(TEXT("-=?+"), operator)) {
		struct buffer other = {.arena = shell->scan->arena};
		shell->at = end + colon + 1;
		shell_read_text(shell, context, &other);
		apply_operator(shell, name, colon, operator, buffer_text(&other), out);
	} else if (is_unknown_operator(shell, end)) {
		skip_unknown_operator(shell, context);
	} else {
		read_bad_substitution(shell, context);
	}
	shell->at += !shell_at_end(shell);
}

/* --- commands in words --- */

/* The offset of the `)` that closes the `(` before `at`, or the text's length. */
size_t shell_find_parenthesis(struct text text, size_t at) {
	size_t open = 1;
	for (; at < text.length; at++) {
		char byte = text.bytes[at];
		if (byte == '\\') {
			at++;
		} else if (byte == '\'' || byte == '"' || byte == '`') {
			for (at++; at < text.length && text.bytes[at] != byte; at++)
				at += text.bytes[at] == '\\' && byte != '\'';
		} else if (byte == '(') {
			open++;
		} else if (byte == ')' && --open == 0) {
			return at;
		}
	}
	return text.length;
}

/* Adds what the command writes. */
static enum shell_reach add_output(struct shell *shell, struct text command, struct buffer *out) {
	struct buffer output = {.arena = shell->scan->arena};
	struct shell inner = *shell;
	inner.text = command;
	inner.at = 0;
	inner.depth++;
	inner.reach = SHELL_GOES_ON;
	inner.kept = NULL;
	shell_read_output(&inner, &output);
	while (output.length && output.bytes[output.length - 1] == '\n')
		output.length--;
	if (!shell->dry && inner.reach == SHELL_GOES_ON)
		buffer_add(out, buffer_text(&output));
	return inner.reach;
}

/* `$(...)`, behind its parenthesis. */
void shell_read_parentheses(struct shell *shell, struct buffer *out) {
	size_t close = shell_find_parenthesis(shell->text, shell->at);
	if (close >= shell->text.length) {
		shell_fail_syntax(shell);
		return;
	}
	struct text command = text_slice(shell->text, shell->at, close);
	shell->at = close + 1;
	bool arithmetic = command.length && command.bytes[0] == '(';
	if (arithmetic)
		env_doubt(shell->scan, ENV_OF_SHELL);
	if (arithmetic && !shell->dry)
		env_fault(shell->scan, "expansion-unknown", shell->place);
	if (!arithmetic)
		shell_fail(shell, add_output(shell, command, out));
}

void shell_read_backquotes(struct shell *shell, bool quoted, struct buffer *out) {
	struct buffer command = {.arena = shell->scan->arena};
	for (; !shell_at_end(shell) && shell_next(shell) != '`'; shell->at++) {
		char next = shell_next(shell) == '\\' ? shell_byte(shell, shell->at + 1) : 0;
		bool escapes = next == '`' || next == '\\' || next == '$' || (quoted && next == '"');
		shell->at += escapes;
		buffer_add_byte(&command, shell_next(shell));
	}
	if (shell_at_end(shell)) {
		shell_fail_syntax(shell);
		return;
	}
	shell->at++;
	enum shell_reach reach = add_output(shell, buffer_text(&command), out);
	/* bash reads the command when it runs it; then only the command is lost. */
	if (shell->kind != SHELL_BASH)
		shell_fail(shell, reach);
}
