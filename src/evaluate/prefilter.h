/* What can be told of a rule before its things are judged one by one: some of its conditions are about the whole file, some
 * about a section, some about a key's name. They are judged once for all things that share it. */
#ifndef ARILINT_EVALUATE_PREFILTER_H
#define ARILINT_EVALUATE_PREFILTER_H

#include "evaluate/expression.h"

struct needed_filters LIST_OF(const struct use_of_filter *);

/* Parts of a rule's conditions that are about one and the same. NULL holds. */
struct stage {
	const struct condition *where;  /* never unknown; not asked again of each thing */
	const struct condition *when;   /* where it fails there is nothing to find; asked again of each thing */
	const struct condition *expect; /* where it holds there is nothing to find; NULL: cannot be told here */
};

struct prefilter {
	struct stage file, section, name;
	const struct condition *form;  /* where no form of the file's statements satisfies it there is nothing to find */
	struct needed_filters needed;  /* likewise where one of these never gives a value */
	const struct condition *where; /* what is left to ask of each thing */
};

/* Only rules that look at keys or sections have more than `where`. */
void prefilter_make(struct arena *arena, const struct rule *rule, struct prefilter *prefilter);

/* Whether anything could be found in the file, going by how its statements are written and by its readers. */
bool prefilter_may_find(struct context *context, const struct prefilter *prefilter, struct file *file);

/* Whether anything could be found. The context's thing is the file, the section, or any key of that name. */
bool stage_lets_through(struct context *context, const struct stage *stage);

#endif
