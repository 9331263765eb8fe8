/* Settings: where the keys that a pack names stand in a file. */
#ifndef ARILINT_EVALUATE_SETTING_H
#define ARILINT_EVALUATE_SETTING_H

#include "evaluate/context.h"

/* A value in force whose key one of the setting's globs matches. */
struct match {
	const struct section_group *group;
	const struct variable *variable;
	struct text account;  /* what the glob's `*` stood for: keys of one account belong together */
	size_t glob;          /* which glob; an earlier one is preferred */
};

struct match_list LIST_OF(struct match);

/* All matches in one file, in its order; NULL where the setting's section is not there or can't be told. */
const struct match_list *setting_matches(struct context *context, const struct setting *setting, struct file *file);

/* The setting's value as seen from the context's thing: in the nearest file of its role; of several matches the one of
 * the thing's account. Unknown when there is no such file, or when several keys could be meant. */
struct value setting_value(struct context *context, const struct setting *setting);

#endif
