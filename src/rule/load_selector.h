/* What a rule looks at. */
#pragma once

#include "rule/loader.h"

/* From then on names mean fields of it, too. NULL after a fault. */
const struct selector *load_selector(struct loader *loader, const struct node *node);

extern const struct member_type member_selector; /* a pointer */
extern const struct member_type member_of;       /* the same, to no more than places of settings */
