/* Texts to be found again: a list, and what makes looking into it quick. Made when first asked; few texts need nothing. */
#ifndef ARILINT_BASE_TEXT_SET_H
#define ARILINT_BASE_TEXT_SET_H

#include "base/map.h"

struct text_set {
	struct arena *arena;     /* that lives as long as the texts do */
	struct text_list texts;
	struct map index;        /* of many texts */
	uint64_t *needs;         /* of globs: a bit for each byte that one cannot do without */
};

struct text_set *text_set_new(struct arena *arena);

bool text_set_has(struct text_set *set, struct text text);

/* Whether one of the globs, which are in lower case, matches the text, whatever its own case. A long text is copied to the
 * arena. */
bool text_set_matches(struct arena *arena, struct text_set *set, struct text text);

/* The first of those that differ from the text in the fewest letters, whatever their case; false when none is near: the
 * shorter the text, the fewer of its letters may differ. */
bool text_list_nearest(struct arena *arena, const struct text_list *texts, struct text text, struct text *hit);

#endif
