#include "reader/shell.h"

enum { DEEPEST = 64 };

static char byte_at(const struct shell *shell, size_t at)
{
	return at < shell->text.length ? shell->text.bytes[at] : '\0';
}

static bool at_end(const struct shell *shell)
{
	return shell->at >= shell->text.length;
}

void shell_fail(struct shell *shell, enum shell_reach reach)
{
	if (reach > shell->reach)
		shell->reach = reach;
}

void shell_fail_syntax(struct shell *shell)
{
	shell_fail(shell, shell->kind == SHELL_DASH ? SHELL_REFUSES : SHELL_STOPS);
	shell->at = shell->text.length;
}

bool shell_is_name_byte(char byte, bool first)
{
	char low = (char)(byte | 0x20);
	return (low >= 'a' && low <= 'z') || byte == '_' || (!first && byte >= '0' && byte <= '9');
}

bool shell_ends_word(const struct shell *shell, size_t at)
{
	return at >= shell->text.length || text_find_byte(TEXT(" \t\n;&|<>()"), shell->text.bytes[at]) != TEXT_NOT_FOUND;
}

/* --- parameters --- */

/* NULL when it is not set. `$$`, `$!` and the like are not known and count as empty. */
static const struct text *lookup(const struct shell *shell, struct text name)
{
	static const struct text nothing = TEXT_INIT(""), zero = TEXT_INIT("0");
	if (name.length && !shell_is_name_byte(name.bytes[0], true)) {
		if (name.bytes[0] == '#' || name.bytes[0] == '?')
			return &zero;
		return name.bytes[0] == '$' || name.bytes[0] == '-' ? &nothing : NULL;
	}
	const struct text *given = env_given(shell->scan, name);
	return given ? given : env_inherited(shell->scan, name);
}

static void add_value(struct shell *shell, const struct text *value, struct buffer *out)
{
	if (value && !shell->dry)
		env_expand(shell->scan, out, *value, shell->place);
}

/* The offset behind a name or one special parameter at `at`; `at` when there is none. */
static size_t find_parameter_end(const struct shell *shell, size_t at)
{
	size_t end = at;
	char first = byte_at(shell, at);
	while (shell_is_name_byte(byte_at(shell, end), end == at))
		end++;
	bool special = first && text_find_byte(TEXT("0123456789@*#?-$!"), first) != TEXT_NOT_FOUND;
	return end == at && special ? at + 1 : end;
}

static void apply_operator(struct shell *shell, struct text name, bool colon, char operator, struct text other,
                           struct buffer *out)
{
	const struct text *value = lookup(shell, name);
	bool holds = value && (!colon || value->length);
	if (shell->dry)
		return;
	if (operator == '+')
		buffer_add(out, holds ? other : TEXT(""));
	else if (holds)
		add_value(shell, value, out);
	else if (operator == '?')
		shell_fail(shell, SHELL_REFUSES);
	else
		buffer_add(out, other);
}

/* What bash and zsh can do with a value beyond POSIX, and `#`, `%`: the result is not known. */
static void skip_unknown_operator(struct shell *shell, enum shell_context context)
{
	struct buffer ignored = {.arena = shell->scan->arena};
	shell_read_text(shell, context, &ignored);
	if (!shell->dry)
		env_fault(shell->scan, "expansion-unknown", shell->place.start, shell->place.end);
}

static void read_bad_substitution(struct shell *shell, enum shell_context context)
{
	struct buffer ignored = {.arena = shell->scan->arena};
	shell_read_text(shell, context, &ignored);
	if (shell->dry)
		return;
	shell_fail(shell, shell->kind == SHELL_DASH ? SHELL_REFUSES : SHELL_LINE_LOST);
}

/* `${...}`, behind its brace. */
static void read_braces(struct shell *shell, bool quoted, struct buffer *out)
{
	enum shell_context context = quoted ? SHELL_BRACED_QUOTED : SHELL_BRACED;
	bool length = byte_at(shell, shell->at) == '#' && find_parameter_end(shell, shell->at + 1) > shell->at + 1;
	size_t start = shell->at + length, end = find_parameter_end(shell, start);
	while (end > start && byte_at(shell, start) >= '0' && byte_at(shell, start) <= '9' && byte_at(shell, end) >= '0' &&
	       byte_at(shell, end) <= '9')
		end++;
	struct text name = text_slice(shell->text, start, end);
	bool colon = byte_at(shell, end) == ':';
	char operator = byte_at(shell, end + colon);
	shell->at = end;
	if (end == start && (byte_at(shell, end) != '}' || shell->kind != SHELL_ZSH)) {
		read_bad_substitution(shell, context);
	} else if (byte_at(shell, end) == '}') {
		const struct text *value = lookup(shell, name);
		if (length && !shell->dry)
			buffer_format(out, "%zu", value ? value->length : 0);
		else
			add_value(shell, value, out);
	} else if (!length && operator && text_find_byte(TEXT("-=?+"), operator) != TEXT_NOT_FOUND) {
		struct buffer other = {.arena = shell->scan->arena};
		shell->at = end + colon + 1;
		shell_read_text(shell, context, &other);
		apply_operator(shell, name, colon, operator, buffer_text(&other), out);
	} else {
		skip_unknown_operator(shell, context);
	}
	shell->at += !at_end(shell);
}

/* --- commands in words --- */

/* The offset of the `)` that closes the `(` before `at`, or the text's length. */
static size_t find_closing_parenthesis(struct text text, size_t at)
{
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
static enum shell_reach add_output(struct shell *shell, struct text command, struct buffer *out)
{
	struct buffer output = {.arena = shell->scan->arena};
	struct shell inner = *shell;
	inner.text = command;
	inner.at = 0;
	inner.depth++;
	inner.reach = SHELL_GOES_ON;
	shell_read_output(&inner, &output);
	while (output.length && output.bytes[output.length - 1] == '\n')
		output.length--;
	if (!shell->dry && inner.reach == SHELL_GOES_ON)
		buffer_add(out, buffer_text(&output));
	return inner.reach;
}

/* `$(...)`, behind its parenthesis. */
static void read_parentheses(struct shell *shell, struct buffer *out)
{
	size_t close = find_closing_parenthesis(shell->text, shell->at);
	if (close >= shell->text.length) {
		shell_fail_syntax(shell);
		return;
	}
	struct text command = text_slice(shell->text, shell->at, close);
	shell->at = close + 1;
	bool arithmetic = command.length && command.bytes[0] == '(';
	if (arithmetic && !shell->dry)
		env_fault(shell->scan, "expansion-unknown", shell->place.start, shell->place.end);
	if (!arithmetic)
		shell_fail(shell, add_output(shell, command, out));
}

static void read_backquotes(struct shell *shell, bool quoted, struct buffer *out)
{
	struct buffer command = {.arena = shell->scan->arena};
	for (; !at_end(shell) && byte_at(shell, shell->at) != '`'; shell->at++) {
		char next = byte_at(shell, shell->at) == '\\' ? byte_at(shell, shell->at + 1) : 0;
		bool escapes = next == '`' || next == '\\' || next == '$' || (quoted && next == '"');
		shell->at += escapes;
		buffer_add_byte(&command, byte_at(shell, shell->at));
	}
	if (at_end(shell)) {
		shell_fail_syntax(shell);
		return;
	}
	shell->at++;
	enum shell_reach reach = add_output(shell, buffer_text(&command), out);
	/* bash reads the command when it runs it; then only the command is lost. */
	if (shell->kind != SHELL_BASH)
		shell_fail(shell, reach);
}

/* --- quotes --- */

static void read_single_quotes(struct shell *shell, struct buffer *out)
{
	size_t close = text_find_byte(text_from(shell->text, shell->at), '\'');
	if (close == TEXT_NOT_FOUND) {
		shell_fail_syntax(shell);
		return;
	}
	buffer_add(out, text_slice(shell->text, shell->at, shell->at + close));
	shell->at += close + 1;
}

static void read_double_quotes(struct shell *shell, struct buffer *out)
{
	shell_read_text(shell, SHELL_QUOTED, out);
	if (at_end(shell))
		shell_fail_syntax(shell);
	shell->at += !at_end(shell);
}

/* Up to `most` digits of a base from shell->at on. */
static unsigned read_number(struct shell *shell, unsigned base, unsigned most)
{
	unsigned number = 0;
	for (; most > 0; most--, shell->at++) {
		char byte = byte_at(shell, shell->at), low = (char)(byte | 0x20);
		unsigned digit = byte >= '0' && byte <= '9' ? (unsigned)(byte - '0') : 99;
		if (low >= 'a' && low <= 'f')
			digit = (unsigned)(low - 'a') + 10;
		if (digit >= base)
			break;
		number = number * base + digit;
	}
	return number;
}

/* $'...', behind its quote. */
static void read_c_string(struct shell *shell, struct buffer *out)
{
	static const char names[] = "abefnrtvE\\'\"?", bytes[] = "\a\b\033\f\n\r\t\v\033\\'\"?";
	while (!at_end(shell) && byte_at(shell, shell->at) != '\'') {
		char byte = byte_at(shell, shell->at++), next = byte_at(shell, shell->at);
		size_t name = byte == '\\' && next ? text_find_byte(text_of(names), next) : TEXT_NOT_FOUND;
		if (name != TEXT_NOT_FOUND) {
			buffer_add_byte(out, bytes[name]);
			shell->at++;
		} else if (byte == '\\' && next >= '0' && next <= '7') {
			buffer_add_byte(out, (char)(unsigned char)read_number(shell, 8, 3));
		} else if (byte == '\\' && next == 'x') {
			shell->at++;
			buffer_add_byte(out, (char)(unsigned char)read_number(shell, 16, 2));
		} else {
			buffer_add_byte(out, byte);
		}
	}
	if (at_end(shell))
		shell_fail_syntax(shell);
	shell->at += !at_end(shell);
}

/* --- text --- */

/* A `$`; shell->at is behind it. */
static void read_dollar(struct shell *shell, bool quoted, struct buffer *out)
{
	char next = byte_at(shell, shell->at);
	size_t end = find_parameter_end(shell, shell->at);
	if (next == '{' || next == '(') {
		shell->at++;
		if (next == '{')
			read_braces(shell, quoted, out);
		else
			read_parentheses(shell, out);
	} else if (end > shell->at) {
		add_value(shell, lookup(shell, text_slice(shell->text, shell->at, end)), out);
		shell->at = end;
	} else if (next == '\'' && !quoted && shell->kind != SHELL_DASH) {
		shell->at++;
		read_c_string(shell, out);
	} else if (next != '"' || quoted || shell->kind != SHELL_BASH) {
		buffer_add_byte(out, '$');
	}
}

static void read_backslash(struct shell *shell, enum shell_context context, struct buffer *out)
{
	bool quoted = context == SHELL_QUOTED || context == SHELL_BRACED_QUOTED;
	char next = byte_at(shell, shell->at);
	if (at_end(shell)) {
		if (shell->kind != SHELL_ZSH)
			buffer_add_byte(out, '\\');
		return;
	}
	bool escapes = !quoted || text_find_byte(TEXT("$`\"\\\n"), next) != TEXT_NOT_FOUND ||
	               (context == SHELL_BRACED_QUOTED && next == '}');
	if (!escapes)
		buffer_add_byte(out, '\\');
	if (next != '\n')
		buffer_add_byte(out, next);
	shell->at++;
}

/* `~` at the start of a value or behind a `:`. */
static void read_tilde(struct shell *shell, struct buffer *out)
{
	size_t end = shell->at + 1;
	while (!shell_ends_word(shell, end) && text_find_byte(TEXT("/:\\'\"$`"), byte_at(shell, end)) == TEXT_NOT_FOUND)
		end++;
	bool plain = shell_ends_word(shell, end) || byte_at(shell, end) == '/' || byte_at(shell, end) == ':';
	if (plain && end == shell->at + 1) {
		const struct text *home = lookup(shell, TEXT("HOME"));
		/* Without it the shell would ask the system; /nonexistent keeps such a value from looking like itself. */
		buffer_add(out, home ? *home : TEXT("/nonexistent"));
		shell->at++;
		return;
	}
	if (plain && shell->kind == SHELL_ZSH && !shell->dry)
		shell_fail(shell, SHELL_STOPS);
	buffer_add_byte(out, '~');
	shell->at++;
}

/* In zsh `=NAME` is the path of a command; none is found. */
static bool is_command_path(const struct shell *shell)
{
	return shell->kind == SHELL_ZSH && byte_at(shell, shell->at) == '=' && !shell_ends_word(shell, shell->at + 1);
}

static bool ends_text(struct shell *shell, enum shell_context context)
{
	char byte = byte_at(shell, shell->at);
	switch (context) {
	case SHELL_QUOTED: return byte == '"';
	case SHELL_BRACED:
	case SHELL_BRACED_QUOTED: return byte == '}';
	default: return shell_ends_word(shell, shell->at);
	}
}

/* In zsh a `(` within a word takes everything up to its `)` along, or up to the end of the file. */
static void read_group(struct shell *shell, struct buffer *out)
{
	size_t close = find_closing_parenthesis(shell->text, shell->at + 1);
	size_t end = close < shell->text.length ? close + 1 : close;
	buffer_add(out, text_slice(shell->text, shell->at, end));
	shell->at = end;
}

static void read_piece(struct shell *shell, enum shell_context context, struct buffer *out)
{
	bool quoted = context == SHELL_QUOTED || context == SHELL_BRACED_QUOTED;
	char byte = shell->text.bytes[shell->at++];
	if (byte == '\\') {
		read_backslash(shell, context, out);
	} else if (byte == '\'' && !quoted) {
		shell->quote = byte;
		read_single_quotes(shell, out);
	} else if (byte == '"') {
		read_double_quotes(shell, out);
		shell->quote = byte;
	} else if (byte == '`') {
		read_backquotes(shell, quoted, out);
	} else if (byte == '$') {
		read_dollar(shell, quoted, out);
	} else {
		buffer_add_byte(out, byte);
	}
}

void shell_read_text(struct shell *shell, enum shell_context context, struct buffer *out)
{
	bool word = context == SHELL_WORD || context == SHELL_VALUE, expands = context == SHELL_VALUE;
	if (++shell->depth > DEEPEST)
		shell_fail_syntax(shell);
	shell->words = 0;
	shell->quote = 0;
	size_t start = shell->at;
	while (!at_end(shell)) {
		bool group = word && shell->kind == SHELL_ZSH && shell->at > start && byte_at(shell, shell->at) == '(';
		if (ends_text(shell, context) && !group)
			break;
		char byte = byte_at(shell, shell->at);
		size_t words = shell->words + 1;
		if (group) {
			read_group(shell, out);
		} else if (expands && byte == '~') {
			read_tilde(shell, out);
		} else {
			if (expands && is_command_path(shell) && !shell->dry)
				shell_fail(shell, SHELL_STOPS);
			read_piece(shell, context, out);
		}
		shell->words = words;
		expands = context == SHELL_VALUE && byte == ':';
	}
	if (!word && at_end(shell))
		shell_fail_syntax(shell);
	shell->depth--;
}
