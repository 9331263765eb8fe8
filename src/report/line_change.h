/* Which lines two texts do not share: lines of both in, runs of replaced lines out. */
#pragma once

#include "base/list.h"
#include "base/text.h"

/* The lines of a text, each with its line end; line i is [starts[i], starts[i + 1]). */
struct lines {
	struct text bytes;
	const uint32_t *starts; /* count + 1 offsets */
	size_t count;
};

/* The lines [before_start, before_end) of the one text stand as [after_start, after_end) in the other; one of the two
 * may be empty. Indices are 0-based. */
struct line_change {
	size_t before_start, before_end, after_start, after_end;
};

struct line_change_list LIST_OF(struct line_change);

/* Finds the changes, in order, never touching each other. Up to some 500 changed lines they are the fewest possible
 * (Myers, "An O(ND) difference algorithm and its variations", 1986); beyond, they are right but may be more than
 * needed, and time stays linear in the number of lines. */
void line_changes_find(struct arena *arena, const struct lines *before, const struct lines *after,
                       struct line_change_list *changes);
