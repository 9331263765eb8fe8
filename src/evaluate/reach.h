/* How certain a finding is. */
#pragma once

#include "evaluate/context.h"
#include "reach/certainty.h"
#include "rule/pack.h"

/* How certain it is that the context's subject violates the rule in the set-up that runs, by all values that it was asked
 * for: whether their files are live, settled and whole, belong together, and whether the address that is compared means
 * one place to both sides. */
struct reach evaluate_reach(struct context *context, const struct rule *rule);

/* Whether the rule may be told of the subject by what maps of containers say of the client's host and the other files that the
 * context was asked for; true where it does not go by that. */
bool evaluate_meets(struct context *context, const struct rule *rule);

/* Whether others get to what the rule is about, as far as maps of containers tell; true where it is no matter of any port. */
bool evaluate_is_open(struct context *context, const struct rule *rule);

/* As evaluate_reach(), of what a fix goes by, which compares addresses: by the values that the context was asked for since its rule's. */
struct reach evaluate_fix_reach(struct context *context);
