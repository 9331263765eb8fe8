#include "reader/shell/shell.h"

enum { DEEPEST = 64 };

void shell_fail(struct shell *shell, enum shell_reach reach) {
	if (reach > shell->reach)
		shell->reach = reach;
}

void shell_fail_syntax(struct shell *shell) {
	shell_fail(shell, shell->kind == SHELL_DASH ? SHELL_REFUSES : SHELL_STOPS);
	shell->at = shell->text.length;
}

bool shell_ends_word(const struct shell *shell, size_t at) {
	return at >= shell->text.length || text_has_byte(TEXT(" \t\n;&|<>()"), shell->text.bytes[at]);
}

/* --- quotes --- */

static void read_single_quotes(struct shell *shell, struct buffer *out) {
	size_t close = byte_find(shell->text, shell->at, '\'');
	if (close == shell->text.length) {
		shell_fail_syntax(shell);
		return;
	}
	buffer_add(out, text_slice(shell->text, shell->at, close));
	shell->at = close + 1;
}

static void read_double_quotes(struct shell *shell, struct buffer *out) {
	shell_read_text(shell, SHELL_QUOTED, out);
	if (shell_at_end(shell))
		shell_fail_syntax(shell);
	shell->at += !shell_at_end(shell);
}

/* Up to `most` digits of a base from shell->at on. */
static unsigned read_number(struct shell *shell, unsigned base, unsigned most) {
	unsigned number = 0;
	for (; most > 0; most--, shell->at++) {
		char byte = shell_next(shell), low = (char)(byte | 0x20);
		unsigned digit = byte >= '0' && byte <= '9' ? (unsigned)(byte - '0') : 99;
		if (low >= 'a' && low <= 'f')
			digit = (unsigned)(low - 'a') + 10;
		if (digit >= base) break;
		number = number * base + digit;
	}
	return number;
}

/* $'...', behind its quote. */
static void read_c_string(struct shell *shell, struct buffer *out) {
	static const char names[] = "abefnrtvE\\'\"?", bytes[] = "\a\b\033\f\n\r\t\v\033\\'\"?";
	while (!shell_at_end(shell) && shell_next(shell) != '\'') {
		char byte = shell_byte(shell, shell->at++), next = shell_next(shell);
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
	if (shell_at_end(shell))
		shell_fail_syntax(shell);
	shell->at += !shell_at_end(shell);
}

/* --- text --- */

/* A `$`; shell->at is behind it. */
static void read_dollar(struct shell *shell, bool quoted, struct buffer *out) {
	char next = shell_next(shell);
	size_t end = shell_find_parameter_end(shell, shell->at);
	if (next == '{' || next == '(') {
		shell->at++;
		if (next == '{')
			shell_read_braces(shell, quoted, out);
		else
			shell_read_parentheses(shell, out);
	} else if (end > shell->at) {
		shell_add_value(shell, shell_lookup(shell, text_slice(shell->text, shell->at, end)), out);
		shell->at = end;
	} else if (next == '\'' && !quoted && shell->kind != SHELL_DASH) {
		shell->at++;
		read_c_string(shell, out);
	} else if (next != '"' || quoted || shell->kind != SHELL_BASH) {
		buffer_add_byte(out, '$');
	}
}

static void read_backslash(struct shell *shell, enum shell_context context, struct buffer *out) {
	bool quoted = context == SHELL_QUOTED || context == SHELL_BRACED_QUOTED;
	char next = shell_next(shell);
	if (shell_at_end(shell)) {
		if (shell->kind != SHELL_ZSH)
			buffer_add_byte(out, '\\');
		return;
	}
	bool escapes = !quoted || text_has_byte(TEXT("$`\"\\\n"), next) ||
	               (context == SHELL_BRACED_QUOTED && next == '}');
	if (!escapes)
		buffer_add_byte(out, '\\');
	if (next != '\n')
		buffer_add_byte(out, next);
	shell->at++;
}

/* `~` at the start of a value or behind a `:`. */
static void read_tilde(struct shell *shell, struct buffer *out) {
	size_t end = shell->at + 1;
	while (!shell_ends_word(shell, end) && !text_has_byte(TEXT("/:\\'\"$`"), shell_byte(shell, end)))
		end++;
	bool plain = shell_ends_word(shell, end) || shell_byte(shell, end) == '/' || shell_byte(shell, end) == ':';
	if (plain && end == shell->at + 1) {
		const struct text *home = shell_lookup(shell, TEXT("HOME"));
		/* Without it the shell would ask the system; /nonexistent keeps such a value from looking like itself.
		 */
		buffer_add(out, home ? *home : TEXT("/nonexistent"));
		shell->at++;
		return;
	}
	for (size_t i = shell->at + 1; i < end; i++)
		plain = plain && (env_is_name_byte(shell_byte(shell, i), false) || shell_byte(shell, i) == '-' ||
		                  shell_byte(shell, i) == '.');
	if ((plain || shell_byte(shell, end) == '$') && shell->kind == SHELL_ZSH && !shell->dry)
		shell_fail(shell, SHELL_STOPS);
	buffer_add_byte(out, '~');
	shell->at++;
}

bool shell_is_command_path(const struct shell *shell) {
	char next = shell_byte(shell, shell->at + 1);
	bool empty = (next == '"' || next == '\'') && shell_byte(shell, shell->at + 2) == next;
	return shell->kind == SHELL_ZSH && shell_next(shell) == '=' &&
	       !shell_ends_word(shell, shell->at + 1) && !(empty && shell_ends_word(shell, shell->at + 3));
}

static bool ends_text(struct shell *shell, enum shell_context context) {
	char byte = shell_next(shell);
	switch (context) {
	case SHELL_QUOTED: return byte == '"';
	case SHELL_BRACED:
	case SHELL_BRACED_QUOTED: return byte == '}';
	default: return shell_ends_word(shell, shell->at);
	}
}

/* In zsh a `(` within a word takes everything up to its `)` along, or up to the end of the file. */
static void read_group(struct shell *shell, struct buffer *out) {
	size_t close = shell_find_parenthesis(shell->text, shell->at + 1);
	size_t end = close < shell->text.length ? close + 1 : close;
	buffer_add(out, text_slice(shell->text, shell->at, end));
	shell->at = end;
}

static void read_piece(struct shell *shell, enum shell_context context, struct buffer *out) {
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
		shell_read_backquotes(shell, quoted, out);
	} else if (byte == '$') {
		read_dollar(shell, quoted, out);
	} else {
		buffer_add_byte(out, byte);
	}
}

/* `[` and `[[` are commands. */
static bool is_pattern(const struct shell *shell, size_t start) {
	char byte = shell_next(shell);
	size_t next = shell->at + 1 + (byte == '[' && shell_byte(shell, shell->at + 1) == '[');
	return byte == '*' || byte == '?' || (byte == '[' && !(shell->at == start && shell_ends_word(shell, next)));
}

void shell_read_text(struct shell *shell, enum shell_context context, struct buffer *out) {
	bool word = context == SHELL_WORD || context == SHELL_VALUE, expands = context == SHELL_VALUE;
	if (++shell->depth > DEEPEST)
		shell_fail_syntax(shell);
	shell->words = 0;
	shell->quote = 0;
	size_t start = shell->at;
	if (context == SHELL_WORD)
		shell->pattern = false;
	while (!shell_at_end(shell)) {
		bool group = word && shell->kind == SHELL_ZSH && shell->at > start && shell_next(shell) == '(';
		if (ends_text(shell, context) && !group) break;
		char byte = shell_next(shell);
		size_t words = shell->words + 1;
		if (group) {
			read_group(shell, out);
		} else if (expands && byte == '~') {
			read_tilde(shell, out);
		} else {
			if (context == SHELL_WORD && is_pattern(shell, start))
				shell->pattern = true;
			if (expands && shell_is_command_path(shell) && !shell->dry)
				shell_fail(shell, SHELL_STOPS);
			read_piece(shell, context, out);
		}
		shell->words = words;
		bool colon = byte == ':' || (byte == '\\' && shell->kind == SHELL_ZSH);
		expands = context == SHELL_VALUE && colon && shell_byte(shell, shell->at - 1) == ':';
	}
	if (!word && shell_at_end(shell))
		shell_fail_syntax(shell);
	shell->depth--;
}
