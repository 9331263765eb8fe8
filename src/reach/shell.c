#include "reach/shell.h"

#include "base/buffer.h"

struct shell {
	struct arena *arena;
	struct text script;
	size_t at;
	struct piece_list pieces;
	struct text_list ends; /* of here-documents that begin behind the line: the lines that end them */
};

static bool is_at_end(const struct shell *shell) { return shell->at >= shell->script.length; }

/* The byte so far from where it is; 0 behind the end. */
static char peek(const struct shell *shell, size_t further) {
	return shell->at + further < shell->script.length ? shell->script.bytes[shell->at + further] : '\0';
}

static void add(struct shell *shell, enum piece_kind kind, struct text word) {
	*list_add(shell->arena, &shell->pieces) = (struct piece){kind, word};
}

static bool ends_word(char byte) { return text_has_byte(TEXT(" \t\r\n;&|()<>"), byte); }

/* --- words --- */

static void take(struct shell *shell, struct buffer *word) { buffer_add_byte(word, shell->script.bytes[shell->at++]); }

/* `${...}`, `$(...)`: as they stand, up to the bracket that ends them. */
static void take_nested(struct shell *shell, struct buffer *word, char open, char close) {
	int depth = 0;
	do {
		depth += peek(shell, 0) == open;
		depth -= peek(shell, 0) == close;
		take(shell, word);
	} while (!is_at_end(shell) && depth > 0);
}

static void take_dollar(struct shell *shell, struct buffer *word) {
	take(shell, word);
	if (peek(shell, 0) == '{')
		take_nested(shell, word, '{', '}');
	else if (peek(shell, 0) == '(')
		take_nested(shell, word, '(', ')');
}

static void take_quoted(struct shell *shell, struct buffer *word) {
	char quote = shell->script.bytes[shell->at++];
	while (!is_at_end(shell) && peek(shell, 0) != quote) {
		if (quote == '"' && peek(shell, 0) == '$') {
			take_dollar(shell, word);
			continue;
		}
		if (quote == '"' && peek(shell, 0) == '\\' && shell->at + 1 < shell->script.length)
			shell->at++;
		take(shell, word);
	}
	shell->at++;
}

static struct text take_word(struct shell *shell) {
	struct buffer word = {.arena = shell->arena};
	while (!is_at_end(shell) && !ends_word(peek(shell, 0))) {
		char byte = peek(shell, 0);
		if (byte == '\'' || byte == '"') {
			take_quoted(shell, &word);
		} else if (byte == '$') {
			take_dollar(shell, &word);
		} else {
			shell->at += byte == '\\';
			if (byte == '\\' && peek(shell, 0) == '\n')
				shell->at++;
			else if (!is_at_end(shell))
				take(shell, &word);
		}
	}
	return word.length ? buffer_text(&word) : TEXT("");
}

/* --- lines --- */

static struct text take_line(struct shell *shell) {
	struct text rest = text_from(shell->script, shell->at), line = text_cut(&rest, '\n');
	shell->at = shell->script.length - rest.length;
	return line;
}

static void end_line(struct shell *shell) {
	shell->at++;
	add(shell, PIECE_END, TEXT(""));
	for (size_t i = 0; i < shell->ends.count; i++)
		while (!is_at_end(shell) && !text_equal(text_trim(take_line(shell), "\t\r"), shell->ends.items[i]))
			;
	shell->ends.count = 0;
}

static void skip_blanks(struct shell *shell) {
	while (peek(shell, 0) == ' ' || peek(shell, 0) == '\t')
		shell->at++;
}

/* `<`, `<<END`, `<<<TEXT`. */
static void take_in(struct shell *shell) {
	bool here = peek(shell, 1) == '<', text = here && peek(shell, 2) == '<';
	shell->at += (size_t)1 + here + text;
	if (!here || text) {
		add(shell, PIECE_IN, TEXT(""));
		return;
	}
	shell->at += peek(shell, 0) == '-';
	skip_blanks(shell);
	*list_add(shell->arena, &shell->ends) = take_word(shell);
}

/* `>`, `>>`, `>|`; of `>&1` the number is passed over. */
static void take_out(struct shell *shell) {
	shell->at++;
	shell->at += peek(shell, 0) == '>' || peek(shell, 0) == '|';
	bool copies = peek(shell, 0) == '&';
	shell->at += copies;
	if (!copies || !text_has_byte(TEXT("0123456789-"), peek(shell, 0)))
		add(shell, PIECE_OUT, TEXT(""));
	else
		take_word(shell);
}

/* The number before a redirection is no word of the command. */
static void add_word(struct shell *shell) {
	struct text word = take_word(shell);
	bool number = word.length && !text_trim(word, "0123456789").length;
	if (!number || (peek(shell, 0) != '<' && peek(shell, 0) != '>'))
		add(shell, PIECE_WORD, word);
}

static void take_piece(struct shell *shell) {
	char byte = peek(shell, 0);
	switch (byte) {
	case ' ': case '\t': case '\r': shell->at++; break;
	case '\n': end_line(shell); break;
	case '#': shell->at += text_cut(&(struct text){shell->script.bytes + shell->at, shell->script.length - shell->at}, '\n').length; break;
	case '<': take_in(shell); break;
	case '>': take_out(shell); break;
	case ';': case '&': case '|': case '(': case ')':
		shell->at++;
		if (byte != '&' || peek(shell, 0) != '>') /* `&>` is a redirection */
			add(shell, byte == '(' ? PIECE_OPEN : PIECE_END, TEXT(""));
		break;
	default: add_word(shell);
	}
}

struct piece_list shell_pieces(struct arena *arena, struct text script) {
	struct shell shell = {.arena = arena, .script = script};
	while (!is_at_end(&shell))
		take_piece(&shell);
	add(&shell, PIECE_END, TEXT(""));
	return shell.pieces;
}
