/* How certain a finding is. */
#pragma once

#include "evaluate/context.h"
#include "reach/certainty.h"
#include "rule/pack.h"

/* How certain it is that the context's subject violates the rule in the set-up that runs, by all values that it was asked
 * for: whether their files are live, settled and whole, belong together, and whether the address that is compared means
 * one place to both sides. */
struct reach evaluate_reach(struct context *context, const struct rule *rule);

/* The same of what a fix goes by, which compares addresses: by the values that the context was asked for since its rule's. */
struct reach evaluate_fix_reach(struct context *context);
