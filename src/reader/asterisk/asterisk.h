/* Asterisk, as main/config.c of 16.28 and 22.10 reads its files, which parse alike. line.h cuts bytes into lines,
 * statement.h a line into its parts; here stands what the parts of the reader share: the state of one reading.
 * In: the bytes of a file of Asterisk's and of what it includes. Out: its sections as Asterisk sees them, or why it
 * refuses the file; tokens. */
#pragma once

#include "base/map.h"
#include "reader/asterisk/line.h"
#include "reader/asterisk/statement.h"
#include "reader/fault.h"
#include "reader/reader.h"

extern const struct reader reader_asterisk;

enum {
	ASTERISK_LEVELS = 11,                      /* the file itself and ten levels of includes */
	ASTERISK_NAME_LENGTH = 79,                 /* a section's longer name is cut to that many bytes */
	ASTERISK_LARGE = 256 * 1024,               /* bytes from which memory counts more than a call of the system */
	ASTERISK_PATH_LENGTH = 255,                /* of an included file; a longer one is cut and not found */
	/* Bounds of ours on one reading; beyond them the fault is "reading-limit". */
	ASTERISK_MOST_FILES = 4096,
	ASTERISK_MOST_BYTES = 256 * 1024 * 1024,   /* of all files together */
	ASTERISK_MOST_JOINED = 64 * 1024 * 1024,   /* bytes written by `+=` */
	ASTERISK_MOST_WORK = 64 * 1024 * 1024      /* comparisons for `+=`, filters and globs */
};

/* A section with the next one of the same name, letter case ignored. */
struct asterisk_section {
	struct section section;
	struct asterisk_section *next;
};

struct asterisk_reading {
	struct reading *reading;
	struct arena *arena;
	struct arena *scratch;     /* for what the reading alone needs; `arena` itself of a small file */
	struct view *view;
	struct text root;          /* the folder of relative includes, with a slash; empty: the working directory */
	struct map names;          /* lower-case name -> struct asterisk_namesakes */
	struct map sources;        /* path -> struct source */
	struct section *current;   /* where the next included file begins */
	unsigned level;
	size_t files, bytes, statements, inherited, joined, work;
	bool stopped;              /* a bound is reached: nothing more is read */
	bool lacking;              /* the file itself includes one that is not there: what it speaks of may stand in it */
};

/* A file being read, or the files of one glob, one after the other. */
struct asterisk_file {
	struct asterisk_reading *reading;
	struct asterisk_file *includer; /* NULL: the file itself */
	struct source *source;
	struct token_list *tokens;      /* NULL: it was read before, its faults and statements are known */
	struct section *section;        /* where its keys go; NULL before the first header */
	struct header *header;
	bool header_hidden;             /* since then a line was passed over that looks like a header */
	struct text failure;            /* what ended it; empty while it goes on */
	struct asterisk_lines lines;
};

/* Cooked text that outlives its line. */
struct text asterisk_keep(struct asterisk_file *file, const struct asterisk_line *line, struct span range);

/* Adds a fault, unless the file was read before. */
void asterisk_note(struct asterisk_file *file, const char *kind, struct span span, struct text detail);

/* Something that ends the file. In the file itself the fault refuses it and reading goes on, so that later faults are
 * told too; an included file is left, and the line that includes it tells. False when the file is left. */
bool asterisk_refuse(struct asterisk_file *file, const char *kind, struct span span, struct text detail);

/* Something that Asterisk does not survive, in whichever file: the fault refuses the whole, and reading goes on. Always
 * true. */
bool asterisk_refuse_all(struct asterisk_file *file, const char *kind, struct span span, struct text detail);

/* A bound is reached: refuses the whole reading and stops it. */
void asterisk_stop(struct asterisk_file *file, struct span span, const char *bound);

/* Counts work; false when there was too much of it. */
bool asterisk_work(struct asterisk_file *file, struct span span, size_t amount);

/* Adds the tokens of the line in hand, unless the file was read before. */
void asterisk_cut_tokens(struct asterisk_file *file, const struct asterisk_line *line,
                         const struct asterisk_statement *statement);

/* The same of what is not read any more. */
void asterisk_cut_rest(struct asterisk_file *file);

/* Reads all lines of file->source. */
void asterisk_read_lines(struct asterisk_file *file);

/* Reads what an include names; `span` is the directive. False when the including file is thereby left. */
bool asterisk_include(struct asterisk_file *file, struct text name, bool try, struct span span);

/* Opens the section of a header and carries out its options: `options` is what stands between the parentheses, with
 * bytes NULL where there are none. False when the file is left. */
bool asterisk_open_section(struct asterisk_file *file, struct header *header, struct text name, struct text options,
                           struct span span);

/* The first section that `[name](+filter)` adds to, or NULL. An empty filter takes no template. */
struct section *asterisk_find_section(struct asterisk_file *file, struct text name, struct text filter,
                                      struct span span);

void asterisk_add_variable(struct arena *arena, struct section *section, struct variable variable);

/* Appends to the value of the last variable of entry's name, or gives false when there is none. */
bool asterisk_append(struct asterisk_file *file, struct section *section, const struct entry *entry);

/* Expressions of a filter, compiled. */
struct asterisk_filter;

/* NULL when it is not followed, as matching it could cost too much. */
struct asterisk_filter *asterisk_filter_compile(struct arena *arena, struct text text);
bool asterisk_filter_matches(struct asterisk_file *file, const struct asterisk_filter *filter,
                             const struct section *section, struct span span);

/* The paths that a pattern stands for below a folder (with its last slash; taken as it is), ordered as glob(3) does,
 * braces expanded; a pattern without wildcards stands for itself. False when it takes more than `*budget` folder
 * entries and alternatives, which are counted off. */
bool asterisk_glob(const struct reading *reading, struct text folder, struct text pattern, size_t *budget,
                   struct text_list *paths);

/* The reader's `offer`: one form, without quotes and with a backslash before each `;`. A value with a line end or a
 * NUL, or with a byte below 33 at an edge, has none. */
bool asterisk_offer(const struct reader *reader, struct arena *arena, struct text value, unsigned attempt, struct text *offer);
