/* What can be told of a rule before its things are judged one by one: some of its conditions are about the whole file, some
 * about a section, some about a key's name. They are judged once for all things that share it. */
#ifndef ARILINT_EVALUATE_SCREEN_H
#define ARILINT_EVALUATE_SCREEN_H

#include "evaluate/expression.h"

struct needed_filters LIST_OF(const struct use_of_filter *);

/* Parts of a rule's conditions that are about one and the same. NULL holds. */
struct sieve {
	const struct condition *where;  /* never unknown; not asked again of each thing */
	const struct condition *when;   /* where it fails there is nothing to find; asked again of each thing */
	const struct condition *expect; /* where it holds there is nothing to find; NULL: cannot be told here */
};

struct screen {
	struct sieve file, section, name;
	const struct condition *form;  /* where no form of the file's statements satisfies it there is nothing to find */
	struct needed_filters needed;  /* likewise where one of these never gives a value */
	const struct condition *where; /* what is left to ask of each thing */
};

/* Only rules that look at keys or sections have more than `where`. */
void screen_make(struct arena *arena, const struct rule *rule, struct screen *screen);

/* Whether anything could be found in the file, going by how its statements are written and by its readers. */
bool screen_may_find(struct context *context, const struct screen *screen, struct file *file);

/* Whether anything could be found. The context's thing is the file, the section, or any key of that name. */
bool screen_lets_through(struct context *context, const struct sieve *sieve);

#endif
