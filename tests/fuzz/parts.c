#include "parts.h"

static const struct text sign = TEXT_INIT("--- ");

/* Where the next line begins that names a file. */
static size_t find_sign(struct text text) {
	if (text_starts_with(text, sign))
		return 0;
	size_t hit = text_find(text, TEXT("\n--- "));
	return hit == TEXT_NOT_FOUND ? text.length : hit + 1;
}

bool parts_cut(struct text *rest, struct text *path, struct text *bytes) {
	*rest = text_from(*rest, find_sign(*rest));
	if (!rest->length) return false;
	*path = text_from(text_cut(rest, '\n'), sign.length);
	*bytes = text_slice(*rest, 0, find_sign(*rest));
	*rest = text_from(*rest, bytes->length);
	return true;
}
