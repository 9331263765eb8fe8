/* What may be written at a place by what the packs know: keys, and values of a key. */
#pragma once

#include "evaluate/context.h"

struct candidate {
	struct text text;
	const struct setting *setting; /* whose key or default it is; NULL: a rule knows it */
	size_t rank;                   /* of the setting's keys: an earlier one is preferred */
};

struct candidate_list LIST_OF(struct candidate);

/* A statement that is being written. */
struct writing {
	struct lint *lint;
	struct arena *arena;               /* of what is found */
	struct LIST_OF(struct subject) places; /* for each role of the file: its section and, where the program sees one, the statement */
};

/* Keys that the rules of these roles expect there and those of its settings, each once, in the order of the packs. */
struct candidate_list candidate_keys(const struct writing *writing);

/* What the packs say a key is for; NULL: nothing. */
const struct meaning *candidate_meaning(const struct writing *writing, struct text key);

/* Values that the rules expect of the key, or know to be near to one; none of a key whose value is hidden. */
struct candidate_list candidate_values(const struct writing *writing, struct text key);
