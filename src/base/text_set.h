/* Texts to be found again: a list, and what makes looking into it quick. Immutable, so that it can be a constant. */
#pragma once

#include "base/list.h"
#include "base/text.h"

struct text_set {
	struct text_list texts;
	struct ARRAY_OF(uint32_t) sorted; /* of many texts: their places in the list, in the order of text_set.c */
	/* As globs, by the most seldom byte that one needs. */
	uint64_t seldom;                  /* all of those */
	struct ARRAY_OF(uint32_t) ends;   /* of each of them, from the lowest bit on: where its globs end in the next two */
	struct ARRAY_OF(uint32_t) globs;  /* their places in the list */
	struct ARRAY_OF(uint64_t) needs;  /* a bit for each byte that one cannot do without */
};

/* The set keeps the list's texts as they are, by view. */
const struct text_set *text_set_make(struct arena *arena, const struct text_list *texts);

bool text_set_has(const struct text_set *set, struct text text);

/* Whether one of the globs matches the text: one in lower case whatever the text's case, one with capitals as it is. A long
 * text is copied to the arena. */
bool text_set_matches(struct arena *arena, const struct text_set *set, struct text text);

/* The first of those that differ from the text in the fewest letters, whatever their case; false when none is near: the
 * shorter the text, the fewer of its letters may differ. */
bool text_list_nearest(struct arena *arena, const struct text_list *texts, struct text text, struct text *hit);
