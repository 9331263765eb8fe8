/* What texts end in, as a number: of two texts with different ones neither is the other, be it in another case. Bits for such
 * numbers tell at once that none of some texts is among others; that one is, they cannot tell. */
#pragma once

#include "base/text.h"

/* Of texts of fewer than two bytes. */
enum { ENDING_SHORT = 62 };

/* A bit for each of them. */
#define ENDING_ALL ((uint64_t)INT64_MAX)

/* 0 to ENDING_SHORT: of the last two bytes, whatever their case. */
static inline unsigned ending_of(struct text text) {
	if (text.length < 2) return ENDING_SHORT;
	unsigned last = (unsigned char)text.bytes[text.length - 1] & 31u, before = (unsigned char)text.bytes[text.length - 2] & 31u;
	return (last * 3 + before * 17) % ENDING_SHORT;
}

static inline uint64_t ending_bit(struct text text) { return (uint64_t)1 << ending_of(text); }
