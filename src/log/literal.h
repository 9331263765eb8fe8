/* What a text must hold for a pattern to be found in it. */
#pragma once

#include "base/text.h"

/* Adds texts of which one or more stand, in letters of either case, in whatever the regular expression matches. False when
 * that can't be told of it: then nothing was added. */
bool literals_find(struct arena *arena, struct text expression, struct text_list *literals);
