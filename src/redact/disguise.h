/* Texts that say another text: with escapes for its characters, or encoded as a whole. */
#pragma once

#include "source/source.h"

/* A text without its disguise. */
struct plain {
	struct text text;
	const struct span *origins; /* where each of its bytes stands in the text it was made of; NULL: each at its own place */
};

struct span plain_origin(const struct plain *plain, size_t start, size_t end);

enum disguise {
#define DISGUISE(sign, name) DISGUISE_##name,
#include "redact/disguises.def"
#undef DISGUISE
	DISGUISE_COUNT
};

/* Reads each character in the disguises of the set (1 << DISGUISE_... of each), in that of the first row where several
 * would do. False when there is none of them in the text. */
bool disguise_remove(struct arena *arena, const struct plain *from, unsigned set, struct plain *to);

/* Decodes all words of the text that may hold `shortest` bytes or more as base64, in either alphabet, and as hexadecimal,
 * from each of the places where a byte may begin; a line end stands behind each. */
struct plain disguise_decode(struct arena *arena, const struct plain *from, size_t shortest);
