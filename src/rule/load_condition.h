/* Conditions: maps of reference to checks, and `all`, `any`, `not` of them. */
#ifndef ARILINT_RULE_LOAD_CONDITION_H
#define ARILINT_RULE_LOAD_CONDITION_H

#include "rule/loader.h"

/* NULL after a fault. */
const struct condition *load_condition(struct loader *loader, const struct node *node);

extern const struct member_type member_condition; /* a pointer */

#endif
