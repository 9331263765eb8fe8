/* One input file: its path, its bytes, and where its lines begin. Everything else speaks of it by spans.
 * In: a path, or standard input. Out: its bytes, and a line and column for each offset; or why it is not read. */
#pragma once

#include <sys/stat.h>

#include "base/arena.h"
#include "base/list.h"
#include "base/text.h"

/* A half-open range of byte offsets of one source. */
struct span {
	uint32_t start, end;
};

struct span_list LIST_OF(struct span);

/* By start, then by end; 0 when they are the same. */
static inline int span_compare(struct span a, struct span b) {
	return a.start != b.start ? (a.start < b.start ? -1 : 1) : (a.end > b.end) - (a.end < b.end);
}

struct source {
	struct arena *arena;       /* that it lies in */
	struct text path;          /* as the user wrote it, or found below what he wrote; "-" is standard input */
	struct text bytes;         /* at most SOURCE_LARGEST bytes */
	struct stat status;        /* of the opened file; zeroed for standard input and for texts of tests */
	bool peer;                 /* not named by the user: read for the sake of a file that he did name */
	const struct source *includer; /* a file of the run that includes it, or NULL; set by inventory/lint.c */
	bool led;                  /* a link or an include led here, out of what the user named */
	bool printed;              /* standard input, under its path: what a fix makes of it is for standard output */
	struct text unjudged;      /* why what it says is not known in whole; empty: it is */
	bool writable_by_us;       /* named by the user (or below a folder he named): a fix may change it */
	struct span_list secrets;  /* spans that no output may show, sorted, not overlapping; set by lint/ */
	uint32_t *line_starts;     /* made on the first question about a line */
	uint32_t line_count;
};

struct source_list LIST_OF(struct source *);

/* A place to point at: all of a file when the span is empty and at 0. */
struct place {
	struct source *source;     /* never NULL in a diagnostic: an unreadable file is a source without bytes */
	struct span span;
};

/* 1-based; columns count characters (a byte that is not UTF-8 counts as one). */
struct position {
	uint32_t line, column;
};

/* The largest input read, in bytes; a larger one is refused with a diagnostic. */
#define SOURCE_LARGEST ((size_t)128 * 1024 * 1024)

struct text source_slice(const struct source *source, struct span span);
struct position source_position(struct source *source, uint32_t offset);

/* The bytes of line `line` (1-based) without its line end; an empty span past the last line. */
struct span source_line(struct source *source, uint32_t line);

/* A source made of bytes in memory (standard input, tests, the result of a fix). */
struct source *source_from_text(struct arena *arena, struct text path, struct text bytes);

/* The same of bytes that stand for the file at the path, as those of an editor that has not saved them: whoever comes to that
 * file by another way knows by its status that it is this one. */
struct source *source_in_place_of(struct arena *arena, struct text path, struct text bytes);

/* Reads a file. On failure returns a source without bytes and sets `*fault` to a sentence that says what is wrong and
 * what to do; only regular files are read (never a FIFO or a device), and none over SOURCE_LARGEST bytes. */
struct source *source_read(struct arena *arena, struct text path, struct text *fault);

/* Whether a regular file lies at the path on the machine that the source is of; `memory`: among those alone. A source that
 * is not on this machine (standard input) tells nothing of it. */
bool source_is_there(struct arena *arena, const struct source *source, struct text path, const struct source_list *memory);

/* The path of the regular file of that name in the folder of a source, among `memory` or, where that is NULL, on the disk;
 * empty without one. A source that is not on this machine (standard input) has no neighbours. */
struct text source_beside(struct arena *arena, const struct source *source, struct text name,
                          const struct source_list *memory);

/* Opens for reading, without waiting for a writer, what a descriptor (O_PATH) stands for; where /proc is not there, what the
 * path leads to now. -1 with errno set. */
int source_open_again(int place, const char *path);

/* Reads standard input up to its end, with the same bound. */
struct source *source_read_standard_input(struct arena *arena, struct text *fault);
