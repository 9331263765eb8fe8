/* Statements of an Asterisk configuration file: a line's kept text in, its parts out. One grammar for the tokens and
 * for the reader; the rules are those of main/config.c, process_text_line(), the same in Asterisk 16.28 and 22.10. */
#pragma once

#include "source/source.h"

enum asterisk_statement_kind {
	ASTERISK_BLANK,
	ASTERISK_HEADER,
	ASTERISK_INCLUDE,
	ASTERISK_TRYINCLUDE,
	ASTERISK_EXEC,
	ASTERISK_UNKNOWN_DIRECTIVE,
	ASTERISK_ASSIGNMENT,
	/* What Asterisk warns of and passes over. */
	ASTERISK_NO_OPERATOR,
	ASTERISK_NO_KEY,
	/* What ends the file. */
	ASTERISK_NO_BRACKET,
	ASTERISK_NO_PARENTHESIS,
	ASTERISK_INVALID_ESCAPE
};

/* Ranges are of the text that was parsed; a part that is not there is an empty range. */
struct asterisk_statement {
	enum asterisk_statement_kind kind;
	struct span all;             /* without the blanks around it */
	struct span head;            /* `[name]` with its brackets, `#word`, or the key with its escaping backslash */
	struct span name;            /* the same without brackets, `#` or backslash */
	struct span options;         /* `(…)` with its parentheses */
	struct span rest;            /* what stands behind a header */
	struct span operator;        /* `=`, `=>`, `+=` */
	struct span value;           /* or a directive's argument with its quotes; without blanks around it */
	struct span content;         /* value; of `+=` with the blanks before it, of a directive without its quotes */
	bool appends;                /* `+=` */
};

struct asterisk_statement asterisk_statement_parse(struct text text);
