/* A value that a rule speaks of: the text a program sees, and where it comes from. Its place, its statement and whether it may
 * be shown follow from that, and are found out when they are asked for: most values are judged and forgotten. */
#pragma once

#include "model/file.h"

enum value_state {
	VALUE_PRESENT,
	VALUE_ABSENT,   /* the file is there, the value is not */
	VALUE_UNKNOWN   /* can't be told: the file is not there, two are equally near, or it does not settle the value */
};

/* What to point at. */
enum value_at {
	AT_SECTION,     /* the section's header, or the whole file where there is none */
	AT_SPAN,        /* some bytes of the file */
	AT_FAULT,
	AT_VALUE,       /* of a variable's statement its value, or its key where that is empty; from here on: of a statement */
	AT_WRITTEN,     /* its value, be it empty or not */
	AT_KEY,
	AT_SEPARATOR,
	AT_COMMENT
};

/* What the text is made of. */
enum value_tie {
	TIE_VALUE,      /* of the variable's value: shown or not as its key says */
	TIE_STATEMENT,  /* of what may be known about it */
	TIE_PLACE       /* of several values: this is only where the first one stands */
};

struct value {
	struct text text;            /* empty unless present; of an unknown value, the reason */
	struct file *file;           /* NULL for literals */
	const struct section *section; /* the section it is, or is in, if any */
	union {
		const struct variable *variable; /* from AT_VALUE on */
		const struct fault *fault;       /* of AT_FAULT */
		struct span span;                /* of AT_SPAN */
	};
	enum value_state state;
	unsigned char at, tie;       /* enum value_at, enum value_tie */
	bool secret;                 /* never shown, whatever its key says */
};

struct value value_literal(struct text text);
struct value value_unknown(struct text reason);

/* Absent from `file`; points at the section's header, or at the whole file. */
struct value value_absent(struct file *file, const struct section *section);

/* Absent where the variable is NULL or says so; unknown where its file does not settle it, with its place all the same. */
struct value value_of_variable(struct file *file, const struct section *section, const struct variable *variable);
struct value value_of_section(struct file *file, const struct section *section);
struct value value_of_file(struct file *file);  /* its path */
struct text value_truth(bool yes);              /* "true" or "false", as conditions write it */

/* The same origin with another text: what filters make. */
struct value value_with_text(struct value value, struct text text);

/* The same with a text that gives nothing of the value away. */
struct value value_with_fact(struct value value, struct text fact);

/* What to point at; no source for literals and what is unknown. */
struct place value_place(struct value value);

/* The statement it comes from, and the variable that its text is made of; NULL without one. */
const struct entry *value_entry(struct value value);
const struct variable *value_variable(struct value value);

/* Whether the text may not be shown. */
bool value_is_secret(struct value value);

/* The text as it may be shown. */
struct text value_shown(struct arena *arena, struct value value);
