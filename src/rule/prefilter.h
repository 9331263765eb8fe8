/* What can be told of a rule before its things are judged one by one: some of its conditions are about the whole file, some
 * about a section, some about a key's name. They are judged once for all things that share it. */
#ifndef ARILINT_RULE_PREFILTER_H
#define ARILINT_RULE_PREFILTER_H

#include "rule/condition.h"

struct rule;

/* Parts of a rule's conditions that are about one and the same. NULL holds. */
struct stage {
	const struct condition *where;  /* never unknown; not asked again of each thing */
	const struct condition *when;   /* where it fails there is nothing to find; asked again of each thing */
	const struct condition *expect; /* where it holds there is nothing to find; NULL: cannot be told here */
};

struct prefilter {
	struct stage file, section, name;
	const struct condition *form;  /* where no form of the file's statements satisfies it there is nothing to find */
	struct POINTERS_TO(struct use_of_filter) needed; /* likewise where one of these never gives a value */
	const struct condition *where; /* what is left to ask of each thing */
	bool expect_is_local;          /* `expect` can be judged before `when`, and mostly holds */
	enum thing_kind groups_repeat; /* THING_KEY or THING_SECTION: where a file repeats none, each is a group alone; else 0 */
	bool only_repeats;             /* the rule finds nothing in such a file */
};

/* Only rules that look at keys or sections have stages. */
struct prefilter prefilter_make(struct arena *arena, const struct rule *rule);

#endif
