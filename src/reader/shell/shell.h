/* Shells: bash 5.2, dash 0.5.12 and zsh 5.9, as they run `set -a; . FILE`. What they set is told by the means of .env
 * files (env/env.h). No command is run: one that is not built in counts as not found.
 * In: the bytes of a script that sets variables. Out: the variables that a shell then has; tokens. */
#pragma once

#include "reader/env/expand.h"

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
	const struct env_text *kept; /* the file, where what `${A:=x}` sets lasts; NULL where it is lost */
	size_t words;              /* quoted pieces and runs of unquoted bytes of the newest word */
	char quote;                /* of its newest quoted piece */
	bool pattern;              /* an unquoted `*`, `?` or `[` stands in the newest word that is no value */
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

/* In zsh `=NAME` is the path of a command; none is found. */
bool shell_is_command_path(const struct shell *shell);

/* Notes a fault; the farthest-reaching one counts. */
void shell_fail(struct shell *shell, enum shell_reach reach);

/* A syntax error: dash ends, the others stop reading the file. */
void shell_fail_syntax(struct shell *shell);

/* What a command writes; only `echo` writes anything. */
void shell_read_output(struct shell *shell, struct buffer *out);

/* Blanks, line feeds and operators, which end a word. */
bool shell_ends_word(const struct shell *shell, size_t at);

static inline char shell_byte(const struct shell *shell, size_t at) {
	return at < shell->text.length ? shell->text.bytes[at] : '\0';
}

static inline char shell_next(const struct shell *shell) { return shell_byte(shell, shell->at); }

static inline bool shell_at_end(const struct shell *shell) { return shell->at >= shell->text.length; }

/* --- expansions --- */

/* The value of a parameter; NULL when it is not set. */
const struct text *shell_lookup(const struct shell *shell, struct text name);

/* Adds a value that may be NULL. */
void shell_add_value(struct shell *shell, const struct text *value, struct buffer *out);

/* The offset behind a name or one special parameter at `at`; `at` when there is none. */
size_t shell_find_parameter_end(const struct shell *shell, size_t at);

/* The offset of the `)` that closes the `(` before `at`, or the text's length. */
size_t shell_find_parenthesis(struct text text, size_t at);

/* `${...}`, `$(...)` and `` `...` ``; shell->at is behind what opens them. */
void shell_read_braces(struct shell *shell, bool quoted, struct buffer *out);
void shell_read_parentheses(struct shell *shell, struct buffer *out);
void shell_read_backquotes(struct shell *shell, bool quoted, struct buffer *out);

/* --- assignments --- */

/* One run over a file. */
struct script {
	struct shell shell;
	struct env_text file;
	size_t told;          /* offset in the file */
	bool piped;           /* the command stands behind a `|` */
	bool succeeds;        /* the exit status of the newest command ... */
	bool guessed;         /* ... which is not known: it was not run */
	bool conditional;     /* the command stands behind `&&` or `||` and a command like that */
	size_t open;          /* compound commands that are not closed yet */
	size_t kept;          /* variables that were told before the outermost of them */
};

/* Moves over blanks and continued lines. */
void shell_skip_blanks(struct shell *shell);

/* The offset of `=` of the assignment at shell->at, or 0. */
size_t shell_find_assignment(const struct shell *shell);

/* Whether the assignment of an array's element stands here. */
bool shell_is_element(const struct shell *shell);

/* The assignment whose `=` is at `equal`. `lost`: it is for one command only, or for a subshell. */
void script_read_assignment(struct script *script, size_t equal, struct span export, bool lost);

/* `export` and its like with their words, each of which may be an assignment. */
void script_read_export(struct script *script, bool lost);
