#include "reader/env/rune.h"

size_t rune_decode(struct text text, size_t at, uint32_t *rune) {
	const unsigned char *b = (const unsigned char *)text.bytes + at;
	switch (text_utf8_length(text.bytes + at, text.length - at)) {
	case 1: *rune = b[0]; return 1;
	case 2: *rune = (b[0] & 0x1fu) << 6 | (b[1] & 0x3fu); return 2;
	case 3: *rune = (b[0] & 0xfu) << 12 | (b[1] & 0x3fu) << 6 | (b[2] & 0x3fu); return 3;
	case 4: *rune = (b[0] & 7u) << 18 | (b[1] & 0x3fu) << 12 | (b[2] & 0x3fu) << 6 | (b[3] & 0x3fu); return 4;
	default: *rune = 0xfffd; return 1;
	}
}

bool rune_is_space(uint32_t rune) {
	return rune == '\t' || rune == '\v' || rune == '\f' || rune == '\r' || rune == ' ' || rune == 0x85 ||
	       rune == 0xa0;
}

bool rune_is_word(uint32_t rune) {
	static const struct {
		uint32_t first, last;
	} others[] = {
		{0x00, 0x2f},       {0x3a, 0x40},        {0x5b, 0x60},     {0x7b, 0xa9},     {0xab, 0xb1},
		{0xb4, 0xb4},       {0xb6, 0xb8},        {0xbb, 0xbb},     {0xbf, 0xbf},     {0xd7, 0xd7},
		{0xf7, 0xf7},       {0x2c2, 0x2c5},      {0x2d2, 0x2df},   {0x300, 0x36f},   {0x2000, 0x206f},
		{0x20a0, 0x20ff},   {0x2190, 0x245f},    {0x2500, 0x2775}, {0x2794, 0x2bff}, {0x2e80, 0x3004},
		{0x3008, 0x3020},   {0xd800, 0xf8ff},    {0xfe00, 0xfe6f}, {0xfeff, 0xff0f}, {0xfff0, 0xffff},
		{0x1f000, 0x1faff}, {0xe0000, 0x10ffff},
	};
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (rune >= others[i].first && rune <= others[i].last)
			return false;
	return true;
}
