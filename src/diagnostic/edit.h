/* Edits of many fixes become one new text. */
#pragma once

#include "diagnostic/diagnostic.h"

/* Fixes to be applied together. */
struct fix_list LIST_OF(const struct fix *);

/* Leaves out each fix of which an edit overlaps an edit of an earlier fix of the list (an identical edit does not; two
 * insertions at one place are made one after the other, unless one is to be alone): a fix is applied whole or not at all.
 * Returns how many stay. */
size_t edits_settle(struct fix_list *fixes);

/* The source's bytes with all edits of the settled fixes that are about it. */
struct text edits_apply(struct arena *arena, const struct source *source, const struct fix_list *fixes);
