/* What a program sees in a file: sections of variables, each with the statement it comes from. A .env file is one
 * section without a name. The literal statements (headers, entries) stand beside it, for fixes and style rules. */
#pragma once

#include "base/list.h"
#include "reader/token.h"
#include "source/source.h"

struct header;
struct deployment;
struct reader;
struct forms;
struct endings;

/* A statement `key = value`, as it stands in a file. Spans are of `source`. */
struct entry {
	struct source *source;
	const struct header *header; /* the header it stands under; NULL before the first one, and in .env files */
	struct span lines;           /* whole lines with their line ends: what goes when the statement goes */
	struct span key;
	struct span operator;        /* `=`, `=>`, `+=`, `:`; empty where there is none */
	struct span value;           /* without blanks at its edges and without comment, with its quotes */
	struct text name;            /* the key as the program reads it */
	struct text content;         /* the value as the program reads it, before templates and `+=` join it */
	struct span comment;         /* a comment behind the value; empty where there is none */
	char quote;                  /* the quote that the reader removes, or 0 */
	bool exported;               /* `export` stands before the key */
	bool appends;                /* `+=` */
	bool doubtful;               /* a line above it, under the same header, looks like a header and is none */
	bool interrupted;            /* comments stand between the lines of its value */
	bool shared;                 /* sections without a word of it take its value, too: configparser's [DEFAULT] */
	unsigned char reader;        /* of a statement in a file of another kind than its view's: see reader_number(); 0: the view's own */
};

/* A section's header, as it stands in a file. */
struct header {
	struct source *source;
	struct span lines;           /* the header's whole line with its line end */
	struct span name_span;       /* between the brackets */
	struct text name;            /* as the program reads it */
	bool template;               /* `(!)` */
	bool appends;                /* `(+)`: adds to an earlier section */
	bool inherits;               /* it names templates */
	const struct entry *last;    /* statement under it in the same file; NULL without one */
	uint32_t first, count;       /* of these in the view's entries, between which those of included files may stand */
};

/* A value that the program sees. A file may have millions: it is kept small, and so are the structs around it. */
struct variable {
	struct text name;
	struct text value;           /* after quotes, escapes, expansion, `+=` */
	bool absent;                 /* a key without a value (python-dotenv's None) */
	bool inherited;              /* copied from a template */
	bool expanded;               /* its statement names other values instead of this one */
	bool unsettled;              /* the file alone does not settle the value */
	bool presumed;               /* it is only likely */
	const struct text *doubt;    /* why it is one of the two, for people; else NULL */
	const struct entry *entry;   /* the statement that gave it (the last one, with `+=`) */
};

struct variable_list LIST_OF(struct variable);

/* A file that another one hands to a program, and how it is read there. */
struct handed_file {
	struct source *source;
	const struct reader *reader;
};

struct handed_list LIST_OF(struct handed_file);

/* A section that the program sees, in the order of the file; repeated sections are repeated here. */
struct section {
	struct text name;
	bool template;
	const struct header *header; /* its first header; NULL for the nameless section of a .env file */
	struct variable_list variables;
	struct handed_list *handed;  /* files by way of which a program gets these variables, too; NULL: none */
	const struct deployment *deployment; /* how the program runs, for those of a map of containers; else NULL */
	const struct text *lacking;  /* why it may have more variables than are seen, for people; NULL: it has not */
};

/* Something the reader stumbled over. `kind` is one of reader/faults.def; packs decide what it means to the user. */
struct fault {
	const char *kind;
	struct place place;
	struct text detail;          /* the name of a missing file, of an unknown template, ...; may be empty */
};

struct view {
	bool ok;                     /* false: the program refuses the whole file */
	struct text error;           /* why, in a few words; empty when ok */
	struct text unread;          /* the last file that it asks for and does without, or "#exec"; empty without one */
	struct LIST_OF(struct section *) sections;
	struct LIST_OF(struct header *) headers;  /* of all files read, in reading order */
	struct LIST_OF(struct entry *) entries;   /* likewise */
	struct LIST_OF(struct fault) faults;
	enum { REPEATS_UNKNOWN, REPEATS_NONE, REPEATS_SOME } repeats_sections, repeats_keys; /* see model/file.h */
	struct forms *forms;               /* see evaluate/prefilter.c; this and the next are NULL until asked for */
	struct endings *endings;
	struct source_list parts;          /* those of its sources that are nothing without it: overrides, included files */
	struct source_list sources;        /* the file itself, then every file it includes, each once */
	struct LIST_OF(struct token_list *) tokens; /* of each of these, in the same order */
};
