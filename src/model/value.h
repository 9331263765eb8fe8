/* A value that a rule speaks of: the text a program sees, where it comes from, and whether it may be shown. */
#ifndef ARILINT_MODEL_VALUE_H
#define ARILINT_MODEL_VALUE_H

#include "model/file.h"

enum value_state {
	VALUE_PRESENT,
	VALUE_ABSENT,   /* the file is there, the value is not */
	VALUE_UNKNOWN   /* can't be told: the file is not there, or two are equally near */
};

struct value {
	enum value_state state;
	struct text text;            /* empty unless present; of an unknown value, the reason */
	bool secret;                 /* never shown, whatever `variable` says */
	const struct variable *variable; /* the text is made of this one: shown or not as its key says */
	bool placeholder;            /* stands for a value; only set for those who ask */
	struct file *file;           /* NULL for literals */
	struct place place;          /* what to point at; of an absent value, the section or file it is missing from */
	const struct entry *entry;   /* the statement it comes from, if one */
	const struct section *section; /* the section it is, or is in, if any */
};

struct value value_literal(struct text text);
struct value value_unknown(struct text reason);

/* Absent from `file`; points at the section's header, or at the whole file. */
struct value value_absent(struct file *file, const struct section *section);

struct value value_of_variable(struct file *file, const struct section *section, const struct variable *variable);
struct value value_of_section(struct file *file, const struct section *section);
struct value value_of_file(struct file *file);  /* its path */
struct text value_truth(bool yes);              /* "true" or "false", as conditions write it */

/* The same origin with another text: what filters make. */
struct value value_with_text(struct value value, struct text text);

/* Whether the text may not be shown. */
bool value_is_secret(struct value value);

/* The text as it may be shown. */
struct text value_shown(struct arena *arena, struct value value);

#endif
