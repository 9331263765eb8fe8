/* Effects: what the user meets when he does not mend what was found. */
#pragma once

#include "base/text.h"

struct effect {
	const char *name;    /* "401", "refused", ...: what packs and reports call it */
	bool blocks;         /* every request of the client */
	const char *meaning; /* the same for people */
	const char *mended;  /* what works without it */
};

/* All effects, gravest first, the lines of effects.def; ends with a NULL name. */
extern const struct effect effects[];

/* The effect in words; one that is not known as it is. */
struct text effect_meaning(struct text effect);
