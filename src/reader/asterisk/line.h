/* Lines of an Asterisk configuration file: bytes in, lines out, each cut into what is kept and what is comment.
 * The rules are those of main/config.c, config_text_file_load(), the same in Asterisk 16.28 and 22.10. */
#pragma once

#include "source/source.h"

enum {
	ASTERISK_LINE_BUFFER = 8191,   /* bytes that one fgets() takes there: a longer line is skipped whole */
	ASTERISK_COMMENT_DEPTH = 128   /* `;--` open at most; one more is an endless loop there */
};

enum asterisk_segment_kind {
	ASTERISK_KEPT,
	ASTERISK_COMMENT,
	ASTERISK_HIDDEN                /* behind a NUL, or below a `--;` that closes nothing */
};

/* A run of bytes of one kind. The segments of a line touch and cover it, less byte order mark and line end. */
struct asterisk_segment {
	enum asterisk_segment_kind kind;
	uint32_t start;
	uint32_t text;                 /* first byte kept: start, or start + 1 behind the backslash of `\;` */
	uint32_t end;
};

struct asterisk_line {
	struct span whole;             /* with its line end, without a byte order mark */
	struct span mark;              /* the byte order mark before it; empty where there is none */
	uint32_t end;                  /* where the line end begins */
	struct text text;              /* the kept bytes; good until the next line when `joined` */
	bool joined;                   /* text is a copy, as comments or backslashes were cut out */
	bool too_long;                 /* skipped whole: one hidden segment */
	bool crosses;                  /* a block comment begins or ends outside of it */
	bool nul;                      /* a NUL hides its end */
	struct span stray_end;         /* a `--;` that closes nothing; empty where there is none */
	struct span too_deep;          /* a `;--` beyond ASTERISK_COMMENT_DEPTH; likewise */
};

/* Where the cutting stands. */
struct asterisk_lines {
	struct arena *arena;
	struct text bytes;
	uint32_t at;
	int32_t depth;                 /* open block comments; below 0 behind a `--;` that closed nothing */
	bool first;                    /* a byte order mark is dropped */
	bool may_hold_nul;
	uint32_t opened[ASTERISK_COMMENT_DEPTH]; /* where each open comment begins; UINT32_MAX: in an earlier file */
	struct LIST_OF(struct asterisk_segment) segments; /* of the line in hand */
	char joined[ASTERISK_LINE_BUFFER];
};

/* Begins with the first file of a run; the bytes are at most SOURCE_LARGEST. */
void asterisk_lines_begin(struct asterisk_lines *lines, struct arena *arena, struct text bytes);

/* Goes on with the next file of a glob: open comments stay open, and its byte order mark is not dropped. */
void asterisk_lines_continue(struct asterisk_lines *lines, struct text bytes);

/* Cuts the next line; false at the end. */
bool asterisk_lines_next(struct asterisk_lines *lines, struct asterisk_line *line);

/* The bytes of the file behind the range [start, end) of line->text, with comments and backslashes between them; of an
 * empty range, the place behind the byte before it. */
struct span asterisk_line_span(const struct asterisk_lines *lines, struct span range);

/* The comments behind the offset `from` of the file, first to last; empty where there are none. */
struct span asterisk_line_comment(const struct asterisk_lines *lines, uint32_t from);
