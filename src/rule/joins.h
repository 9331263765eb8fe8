/* Which settings a rule brings together. */
#pragma once

#include "rule/pack.h"

/* Sets `joined`, parallel to the pack's settings, for those that the rule looks at or compares, and for those that they
 * are found by or composed of; what only its texts and fixes name is left as it is. */
void rule_joins(const struct pack *pack, const struct rule *rule, bool *joined);
