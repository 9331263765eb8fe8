/* SipHash-2-4: a hash that nobody can foresee without its key (Aumasson and Bernstein, 2012). */
#pragma once

#include "base/text.h"

enum { SIPHASH_KEY_SIZE = 16 };

struct siphash_key {
	unsigned char bytes[SIPHASH_KEY_SIZE];
};

uint64_t siphash(const struct siphash_key *key, struct text text);
