/* Readers: each reads bytes the way one program does, and writes a value so that this program reads it back.
 * In: the bytes of a source. Out: what one program sees: sections, entries, values, each with its origin; tokens; a
 * value in its spelling. */
#pragma once

#include "reader/view.h"

/* What a reader may ask for while it reads. */
struct reading {
	struct arena *arena;
	struct source *source;
	struct text root;                  /* the folder that includes are relative to; empty: the file's own folder */
	struct text_list environment;      /* "NAME=value", for readers that expand; empty for a check */
	struct text_list given;            /* "NAME=value", as if the file began with it; for readers of .env files */
	bool has_environment;              /* it is all that the program has; else nothing is known of what it has */
	struct source *(*open)(struct reading *, struct text path); /* an included file, or NULL; NULL member: source_read */
	void *open_context;
	struct source *includer;           /* of the file that is to be opened; NULL: the source itself */
	enum token_choice tokens;          /* which the view is to hold */
	const struct text_list *overrides; /* names of files beside the source, the first of which is read over it; NULL: none */
	const struct source_list *memory;  /* all files there are, for wildcards of includes; NULL: those of the disk */
};

struct reader {
	const char *name;
	const char *summary;               /* one line: whose reading it is, with versions */
	const char *comment;               /* what starts a comment at a line's start: "#" or ";" */
	bool has_sections;                 /* its dump shows sections; a .env reader's shows variables */

	/* Reads. Never fails: a file that the program refuses is a view with ok = false. All texts of the view live in the
	 * arena or in the sources. Time and memory are linear in the bytes read. */
	struct view *(*read)(const struct reader *, struct reading *);

	/* Offers the `attempt`th (0, 1, ...) way to write `value` after `=`, the one that most programs agree on first;
	 * false when there are no more. The offer may be wrong: spelling_find() reads each one back. */
	bool (*offer)(const struct reader *, struct arena *, struct text value, unsigned attempt, struct text *offer);

	/* A file in which `written` is the value of the key `key` (in a section `section`), for reading back. */
	struct text (*sample)(struct arena *, struct text written);

	const void *dialect;               /* the reader's own switches */
};

/* The `sample` of readers with sections. */
struct text sample_with_section(struct arena *arena, struct text written);

/* All readers, in the order of `arilint dump --readers`; the last entry is NULL. */
extern const struct reader *const readers[];

/* A view of the reading's source, in which nothing is seen yet. */
struct view *view_new(const struct reading *reading);

/* Adds an included source; gives the list for its tokens. */
struct token_list *view_add_source(const struct reading *reading, struct view *view, struct source *source);

/* The place in `readers`, counted from 1. */
unsigned char reader_number(const struct reader *reader);

/* Lists a statement, also under its header, where it has one. */
void view_add_entry(struct arena *arena, struct view *view, struct entry *entry, struct header *header);

/* The most statements that are read of files of so many bytes together: what is made of one takes many times the bytes of a short
 * one. Beyond them the fault is "reading-limit", and reader_give_up() says so of the source. */
size_t reader_most_statements(size_t size);
size_t reader_most_inherited(size_t size); /* values copied from templates */
void reader_give_up(struct reading *reading);

/* Makes room for a statement in each line of a large text that holds a `=` or begins with a `[`, as a list that grows leaves
 * older arrays behind; but not for more than are read. For a view in which nothing is seen yet. */
void view_reserve(struct arena *arena, struct view *view, struct text bytes);

/* NULL when there is none of that name. */
const struct reader *reader_find(struct text name);

struct view *reader_read(const struct reader *reader, struct reading *reading);
