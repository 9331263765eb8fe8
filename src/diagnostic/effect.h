/* Effects: what the user meets when he does not mend what was found. */
#pragma once

#include "base/text.h"

/* Requests of the client. */
enum blocks { BLOCKS_NONE, BLOCKS_SOME, BLOCKS_ALL };

struct effect {
	const char *name;    /* "401", "refused", ...: what packs and reports call it */
	enum blocks blocks;
	const char *meaning; /* the same for people */
	const char *mended;  /* what works without it */
};

/* All effects, gravest first, the lines of effects.def; ends with a NULL name. */
extern const struct effect effects[];

/* None for an effect that is not known. */
enum blocks effect_blocks(struct text effect);

/* The effect in words; one that is not known as it is. */
struct text effect_meaning(struct text effect);
