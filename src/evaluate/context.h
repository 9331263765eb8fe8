/* What a rule looks at right now, and the values of its references there. */
#ifndef ARILINT_EVALUATE_CONTEXT_H
#define ARILINT_EVALUATE_CONTEXT_H

#include "inventory/lint.h"
#include "model/answer.h"

/* One thing that a rule looks at; which members are set depends on the kind. */
struct thing {
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
};

enum { CONTEXT_MOST_SEEN = 32 };

enum { CONTEXT_MOST_KEPT = 8 };

struct kept_setting {
	const struct setting *setting;
	struct value value;
};

/* What a rule has asked for: a value, or one of a list's names. */
struct seen {
	const struct reference *reference;
	const struct list *list;
};

struct context {
	struct lint *lint;
	struct arena *arena;           /* where values are made: they live as long as it says */
	const struct pack *pack;
	const struct look *look;
	struct thing thing;
	const struct thing *first;     /* the group's first thing, and the one before this; NULL: this is the first */
	const struct thing *previous;
	struct seen seen[CONTEXT_MOST_SEEN]; /* may make the finding milder */
	size_t seen_count;
	const struct file *kept_for;   /* settings that are the same for all sections and keys of that file */
	struct kept_setting kept[CONTEXT_MOST_KEPT];
	size_t kept_count;
};

/* Goes through every thing of the look in one file, in the order of the file: sets context->thing and calls `visit`. */
void context_each(struct context *context, struct file *file, void (*visit)(struct context *context, void *data),
                void *data);

/* Sets context->thing to a section of the file's view. */
void context_enter_section(struct context *context, struct file *file, uint32_t number);

/* The value of a reference. Notes it in `seen`. */
struct value context_value(struct context *context, const struct reference *reference);

/* What was asked for as the `index`th, before filters; of a list an absent value of its file. */
struct value context_seen(struct context *context, size_t index);

/* The text of a template, with each value shown or, for writing it to a file, as it is. Absent when a reference is
 * absent, unknown when one is unknown; secret when a value in it is. */
struct value context_text(struct context *context, const struct template *template, bool as_it_is);

/* What the thing itself is: the section, the key's value, the fault, the file. */
struct value context_thing_value(struct context *context, const struct thing *thing);

/* Whether people write such a text until they know better, and whether a program fills it in before use. */
bool context_is_placeholder(struct context *context, struct text text);
bool context_is_template(struct context *context, struct text text);

enum verdict { VERDICT_FALSE, VERDICT_TRUE, VERDICT_UNKNOWN };

/* Judges a condition (NULL holds). Unknown: `*reason` says why. */
enum verdict context_judge(struct context *context, const struct condition *condition, struct text *reason);

#endif
