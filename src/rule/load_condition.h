/* Conditions: maps of reference to checks, and `all`, `any`, `not` of them. */
#pragma once

#include "rule/loader.h"

/* NULL after a fault. */
const struct condition *load_condition(struct loader *loader, const struct node *node);

extern const struct member_type member_condition; /* a pointer */
