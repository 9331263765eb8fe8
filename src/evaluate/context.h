/* What the names in a rule are looked up over: a run, a file, and the one subject of it that the rule looks at right now. */
#pragma once

#include "inventory/lint.h"
#include "model/answer.h"
#include "model/value.h"

/* One subject that a rule looks at; which members are set depends on the kind. */
struct subject {
	struct file *file;
	const struct section *section;
	const struct section_group *group; /* of the section; NULL for templates */
	uint32_t section_number;
	const struct variable *variable;
	const struct fault *fault;
	const struct answer *answer;   /* of what a server was asked; may be NULL */
	struct span line;              /* of the file's source, without its line end */
	bool continued, goes_on;       /* the line stands within a statement that began above, or ends below */
	struct text account;           /* of a setting: what the key's `*` stood for; pairs it with other settings */
	struct text doubt;             /* of a setting: why it can't be told whether the place is one of it; empty: it is */
};

struct known_values;

enum { CONTEXT_MOST_ASKED = 32, CONTEXT_MOST_OTHERS = 8 };

/* What a rule has asked for: a value, or one of a list's names. */
struct asked {
	const struct reference *reference;
	const struct list *list;
};

struct context {
	struct lint *lint;
	struct arena *arena;           /* where values are made: they live as long as it says */
	const struct pack *pack;
	const struct selector *selector;
	struct subject subject;
	struct known_values *known;      /* what settings are, see evaluate/known.h; NULL: nothing is kept */
	const struct subject *first;     /* the group's first subject, and the one before this; NULL: this is the first */
	const struct subject *previous;
	struct asked asked[CONTEXT_MOST_ASKED]; /* may make the finding milder */
	size_t asked_count;
	struct file *others[CONTEXT_MOST_OTHERS]; /* files that have given it values */
	size_t other_count;
};

/* Looks at context->subject. */
typedef void visitor(struct context *context, void *data);

/* Sets context->subject to a section of the file's view. */
void context_enter_section(struct context *context, struct file *file, uint32_t number);

/* Goes through every section, every key or every line, whichever the selector is about, in the order of the file: sets context->subject and
 * calls `visit`. */
void context_each(struct context *context, struct file *file, visitor *visit, void *data);

/* Notes that a file has given the rule a value. */
void context_note_file(struct context *context, struct file *file);

/* What the subject itself is: the section, the key's value, the fault, the file. */
struct value context_subject_value(const struct context *context, const struct subject *subject);

/* Whether people write such a text until they know better, and whether a program fills it in before use. */
bool context_is_placeholder(const struct context *context, struct text text);
bool context_is_template(const struct context *context, struct text text);
