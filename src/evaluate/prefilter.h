/* What a rule's prefilter (rule/prefilter.h) lets through. */
#pragma once

#include "base/ending.h"
#include "evaluate/expression.h"

/* Whether the file holds names, values and faults that the rule needs one of; and a key of that name may be one of these. */
bool prefilter_has_needed(struct arena *arena, const struct rule *rule, struct file *file);
static inline bool prefilter_needs_key(const struct prefilter *prefilter, struct text name) {
	return !prefilter->endings.keys || (prefilter->endings.keys & ending_bit(name));
}

/* Whether anything could be found in the file, going by how its statements are written and by its readers. */
bool prefilter_may_find(struct context *context, const struct prefilter *prefilter, struct file *file);

/* Whether anything could be found. The context's subject is the file, the section, or any key of that name. */
bool stage_lets_through(struct context *context, const struct stage *stage);
