/* What can be told of a rule before its subjects are judged one by one: some of its conditions are about the whole file, some
 * about a section, some about a key's name. They are judged once for all subjects that share it. */
#pragma once

#include "rule/pack.h"

/* Only rules that look at keys or sections have stages. */
struct prefilter prefilter_make(struct arena *arena, const struct rule *rule);
