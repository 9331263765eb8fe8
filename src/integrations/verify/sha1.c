#include "integrations/verify/sha1.h"

#include <string.h>

enum { BLOCK = 64 };

static uint32_t rotate(uint32_t word, unsigned count) { return word << count | word >> (32 - count); }

static uint32_t mix(unsigned round, const uint32_t state[5]) {
	uint32_t b = state[1], c = state[2], d = state[3];
	if (round < 20)
		return ((b & c) | (~b & d)) + 0x5a827999;
	if (round < 40)
		return (b ^ c ^ d) + 0x6ed9eba1;
	if (round < 60)
		return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
	return (b ^ c ^ d) + 0xca62c1d6;
}

static void take_block(const unsigned char *bytes, uint32_t hash[5]) {
	uint32_t words[80], state[5];
	for (unsigned i = 0; i < 16; i++, bytes += 4)
		words[i] = (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
	for (unsigned i = 16; i < 80; i++)
		words[i] = rotate(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
	memcpy(state, hash, sizeof(state));
	for (unsigned i = 0; i < 80; i++) {
		uint32_t next = rotate(state[0], 5) + mix(i, state) + state[4] + words[i];
		state[4] = state[3];
		state[3] = state[2];
		state[2] = rotate(state[1], 30);
		state[1] = state[0];
		state[0] = next;
	}
	for (unsigned i = 0; i < 5; i++)
		hash[i] += state[i];
}

void sha1(struct text text, unsigned char hash[SHA1_SIZE]) {
	uint32_t words[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
	unsigned char padded[2 * BLOCK] = {0};
	size_t length = text.length < SHA1_LONGEST ? text.length : SHA1_LONGEST;
	size_t end = length + 9 <= BLOCK ? BLOCK : 2 * BLOCK;
	memcpy(padded, length ? text.bytes : "", length);
	padded[length] = 0x80;
	padded[end - 2] = (unsigned char)(length * 8 >> 8);
	padded[end - 1] = (unsigned char)(length * 8);
	for (size_t at = 0; at < end; at += BLOCK)
		take_block(padded + at, words);
	for (size_t i = 0; i < SHA1_SIZE; i++)
		hash[i] = (unsigned char)(words[i / 4] >> (24 - 8 * (i % 4)));
}
