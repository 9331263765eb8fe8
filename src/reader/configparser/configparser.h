/* Python's configparser: RawConfigParser._read() in Lib/configparser.py of Python 3.11, with `=` and `:` as delimiters,
 * `#` and `;` as comments on lines of their own, and no comments behind a value. Here stand the lines, as the parts of
 * the reader share them.
 * In: the bytes of an .ini file. Out: its sections as Python sees them, or why it refuses the file; tokens. */
#pragma once

#include "reader/reader.h"

enum configparser_kind {
	CONFIGPARSER_BLANK,
	CONFIGPARSER_COMMENT,
	CONFIGPARSER_HEADER,
	CONFIGPARSER_OPTION,
	CONFIGPARSER_CONTINUATION, /* indented deeper than its key's line: more of its value */
	CONFIGPARSER_OUTSIDE,      /* no section has begun: the file is refused */
	CONFIGPARSER_OTHER         /* no delimiter: the file is refused */
};

/* Empty spans for parts that are not there. */
struct configparser_line {
	enum configparser_kind kind;
	struct span whole;     /* with its line end, without a byte order mark */
	struct span text;      /* without blanks at its edges and without line end */
	uint32_t end;          /* where the line end begins */
	struct span name;      /* of a header: what stands between `[` and the line's last `]` */
	struct span key;       /* of an option, or of what would be one outside of a section; may be empty */
	struct span operator;
	struct span value;     /* empty and behind the operator where there is none */
};

/* Where the cutting stands; zero-initialised but for `bytes`. */
struct configparser_lines {
	struct text bytes;
	uint32_t at;
	uint32_t indent;       /* characters before the last key or header */
	bool in_section;
	bool in_option;        /* a key stands above in this section, to which a deeper line belongs */
};

/* Cuts the next line; false at the end. */
bool configparser_next(struct configparser_lines *lines, struct configparser_line *line);

/* Whether a line that continues a value would be a header or a key if it were not indented. */
bool configparser_looks_like_statement(struct text bytes, const struct configparser_line *line);

/* Adds the tokens of a line. */
void configparser_cut_tokens(struct token_list *tokens, const struct configparser_line *line);
