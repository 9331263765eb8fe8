/* What the readers of the shells share: `set -a; . FILE`, as bash, dash and zsh run it. No command is run: one that is
 * not built in counts as not found. */
#ifndef ARILINT_READER_SHELL_H
#define ARILINT_READER_SHELL_H

#include "reader/env_expand.h"

enum shell_kind { SHELL_BASH, SHELL_DASH, SHELL_ZSH };

/* How far a fault reaches, from little to much. */
enum shell_reach {
	SHELL_GOES_ON,
	SHELL_LINE_LOST,  /* the rest of the line is not run */
	SHELL_STOPS,      /* the rest of the file is not run */
	SHELL_REFUSES     /* the shell ends */
};

struct shell {
	struct env_scan *scan;
	enum shell_kind kind;
	struct text text;          /* the file without NUL bytes, or a command in it */
	size_t at;
	bool dry;                  /* only syntax counts: nothing is looked up, nothing is reported */
	unsigned depth;            /* of nesting, bounded */
	enum shell_reach reach;
	struct span place;         /* what faults point at */
	size_t words;              /* quoted pieces and runs of unquoted bytes of the newest word */
	char quote;                /* of its newest quoted piece */
};

/* Where text stands, which decides what is special in it and what ends it. */
enum shell_context {
	SHELL_WORD,           /* ends before a blank or an operator */
	SHELL_VALUE,          /* the same, of an assignment: `~` counts at its start and behind `:` */
	SHELL_QUOTED,         /* in double quotes */
	SHELL_BRACED,         /* behind an operator in `${...}` */
	SHELL_BRACED_QUOTED   /* the same in double quotes */
};

/* Adds the text from shell->at on, expanded, and moves on to what ends it. */
void shell_read_text(struct shell *shell, enum shell_context context, struct buffer *out);

/* Notes a fault; the farthest-reaching one counts. */
void shell_fail(struct shell *shell, enum shell_reach reach);

/* A syntax error: dash ends, the others stop reading the file. */
void shell_fail_syntax(struct shell *shell);

/* What a command writes; only `echo` writes anything. */
void shell_read_output(struct shell *shell, struct buffer *out);

bool shell_is_name_byte(char byte, bool first);

/* Blanks, line feeds and operators, which end a word. */
bool shell_ends_word(const struct shell *shell, size_t at);

#endif
