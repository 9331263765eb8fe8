#include "base/siphash.h"

struct state {
	uint64_t a, b, c, d;
};

static uint64_t rotate(uint64_t word, unsigned bits) { return word << bits | word >> (64 - bits); }

/* A word of up to eight bytes, least byte first; missing bytes are 0. */
static uint64_t load(const char *bytes, size_t count) {
	uint64_t word = 0;
	for (size_t i = 0; i < count; i++)
		word |= (uint64_t)(unsigned char)bytes[i] << (8 * i);
	return word;
}

static void stir(struct state *state, unsigned rounds) {
	uint64_t a = state->a, b = state->b, c = state->c, d = state->d;
	while (rounds--) {
		a += b;
		c += d;
		b = rotate(b, 13) ^ a;
		d = rotate(d, 16) ^ c;
		a = rotate(a, 32);
		c += b;
		a += d;
		b = rotate(b, 17) ^ c;
		d = rotate(d, 21) ^ a;
		c = rotate(c, 32);
	}
	*state = (struct state){a, b, c, d};
}

static void absorb(struct state *state, uint64_t word) {
	state->d ^= word;
	stir(state, 2);
	state->a ^= word;
}

uint64_t siphash(const struct siphash_key *key, struct text text) {
	uint64_t low = load((const char *)key->bytes, 8), high = load((const char *)key->bytes + 8, 8);
	struct state state = {low ^ 0x736f6d6570736575u, high ^ 0x646f72616e646f6du, low ^ 0x6c7967656e657261u,
	                      high ^ 0x7465646279746573u};
	size_t whole = text.length / 8 * 8;
	for (size_t at = 0; at < whole; at += 8)
		absorb(&state, load(text.bytes + at, 8));
	struct text rest = text_from(text, whole);
	absorb(&state, load(rest.bytes, rest.length) | (uint64_t)text.length << 56);
	state.c ^= 0xff;
	stir(&state, 4);
	return state.a ^ state.b ^ state.c ^ state.d;
}
