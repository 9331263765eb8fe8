/* Fixes that carry values from one file into another, held against whose these are. */
#pragma once

#include "diagnostic/diagnostic.h"
#include "trust/flow.h"

/* What a fix carries; in the arena, but for what its pack says. */
struct flow crossing_flow(struct arena *arena, const struct fix *fix);

/* Withholds a fix that would carry a value where it may not go; `known` keeps the answers in the arena. */
void crossing_withhold(struct arena *arena, struct map *known, struct fix *fix);
