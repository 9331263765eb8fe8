/* SHA-1: the examples of FIPS 180 and RFC 6455, and the lengths at which a block more begins. */
#include "integrations/verify/sha1.c"
#include "test.h"

static const struct {
	const char *text, *hash;
} cases[] = {
	{"", "da39a3ee5e6b4b0d3255bfef95601890afd80709"},
	{"abc", "a9993e364706816aba3e25717850c26c9cd0d89d"},
	{"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1"},
	{"dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11", "b37a4f2cc0624f1690f64606cf385945b2bec4ea"},
	{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "c1c8bbdc22796e28c0e15163d20899b65621d65a"},
	{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "0098ba824b5c16427bd7a1122a5a442a25ec644d"},
};

int main(void) {
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		unsigned char hash[SHA1_SIZE];
		char shown[2 * SHA1_SIZE + 1];
		sha1(text_of(cases[i].text), hash);
		for (size_t j = 0; j < SHA1_SIZE; j++)
			snprintf(shown + 2 * j, 3, "%02x", hash[j]);
		test_text(cases[i].text, text_of(shown), text_of(cases[i].hash));
	}
	return test_end();
}
