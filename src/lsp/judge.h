/* Which rules judge a key. */
#pragma once

#include "evaluate/context.h"

struct judge_list LIST_OF(const struct rule *);

/* The rules at work that look at the subject, of kind key, for its key: it is a place of a setting that they look at, or they name
 * the key. */
struct judge_list judges_of(struct lint *lint, struct arena *arena, const struct subject *subject);

/* Whether a selector picks the subject, of kind key, for its key. */
bool judge_looks_at(struct context *context, const struct selector *selector, const struct subject *subject);

/* Whether the subject, of kind key, is a place of one of a selector's settings; then it is the context's subject as such. */
bool judge_enter_place(struct context *context, const struct selector *selector, const struct subject *subject);

/* What the packs say a key is for: the first that speaks of the subject, of kind key; NULL without one. */
const struct meaning *judge_meaning(struct lint *lint, struct arena *arena, const struct subject *subject);

/* Whether a condition names keys, and holds of no others. */
bool judge_names_key(const struct condition *condition);
