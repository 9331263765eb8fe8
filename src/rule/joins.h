/* Which settings a rule brings together. */
#pragma once

#include "rule/pack.h"

/* Sets `joined`, parallel to the pack's settings, for those that the rule looks at or compares, and for those that they
 * are found by or composed of; what only its texts and fixes name, or what decides whether a key counts, is left as it is.
 * Returns whether files of several roles are joined. */
bool rule_joins(const struct pack *pack, const struct rule *rule, bool *joined);
