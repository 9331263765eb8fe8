/* Finds out what a file must hold for a rule to look at anything in it. */
#pragma once

#include "rule/pack.h"

struct endings endings_needed(const struct rule *rule);

/* Told by the loader; a constant of a pack. */
extern const struct shape shape_endings;
