#include "diagnostic/effect.h"

#include <stddef.h>

const struct effect effects[] = {
#define EFFECT(name, blocks, meaning, mended) {name, blocks, meaning, mended},
#include "diagnostic/effects.def"
#undef EFFECT
	{NULL, BLOCKS_NONE, NULL, NULL},
};

struct text effect_meaning(struct text effect) {
	for (size_t i = 0; effects[i].name; i++)
		if (text_is(effect, effects[i].name))
			return text_of(effects[i].meaning);
	return effect;
}

enum blocks effect_blocks(struct text effect) {
	for (size_t i = 0; effects[i].name; i++)
		if (text_is(effect, effects[i].name))
			return effects[i].blocks;
	return BLOCKS_NONE;
}
