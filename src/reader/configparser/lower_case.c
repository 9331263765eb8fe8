#include "reader/configparser/lower_case.h"

#include "base/buffer.h"

/* Every `step`th letter of first to last, and what is added to it. All of them, and their lower case, are two bytes. */
struct letters {
	uint16_t first, last;
	uint8_t step;
	int16_t delta;
};

static const struct letters upper_case[] = {
	{0x0c0, 0x0d6, 1, 32},  {0x0d8, 0x0de, 1, 32},   {0x100, 0x12e, 2, 1},  {0x132, 0x136, 2, 1},
	{0x139, 0x147, 2, 1},   {0x14a, 0x176, 2, 1},    {0x178, 0x178, 1, -121}, {0x179, 0x17d, 2, 1},
	{0x370, 0x372, 2, 1},   {0x376, 0x376, 1, 1},    {0x37f, 0x37f, 1, 116}, {0x386, 0x386, 1, 38},
	{0x388, 0x38a, 1, 37},  {0x38c, 0x38c, 1, 64},   {0x38e, 0x38f, 1, 63}, {0x391, 0x3a1, 1, 32},
	{0x3a3, 0x3ab, 1, 32},  {0x3cf, 0x3cf, 1, 8},    {0x3d8, 0x3ee, 2, 1},  {0x3f4, 0x3f4, 1, -60},
	{0x3f7, 0x3f7, 1, 1},   {0x3f9, 0x3f9, 1, -7},   {0x3fa, 0x3fa, 1, 1},  {0x3fd, 0x3ff, 1, -130},
	{0x400, 0x40f, 1, 80},  {0x410, 0x42f, 1, 32},   {0x460, 0x480, 2, 1},  {0x48a, 0x4be, 2, 1},
	{0x4c0, 0x4c0, 1, 15},  {0x4c1, 0x4cd, 2, 1},    {0x4d0, 0x52e, 2, 1},  {0x531, 0x556, 1, 48},
};

enum { CAPITAL_I_WITH_DOT = 0x130 };

static bool is_ascii(struct text text) {
	for (size_t i = 0; i < text.length; i++)
		if ((unsigned char)text.bytes[i] >= 0x80)
			return false;
	return true;
}

static uint32_t lowered(uint32_t letter) {
	for (size_t i = 0; i < sizeof(upper_case) / sizeof(upper_case[0]); i++) {
		const struct letters *row = &upper_case[i];
		if (letter >= row->first && letter <= row->last)
			return (letter - row->first) % row->step ? letter : (uint32_t)((int32_t)letter + row->delta);
	}
	return letter;
}

static void add_lowered(struct buffer *buffer, uint32_t letter) {
	if (letter == CAPITAL_I_WITH_DOT)
		buffer_add_string(buffer, "i\xcc\x87");
	else
		buffer_add_character(buffer, lowered(letter));
}

struct text text_in_lower_case(struct arena *arena, struct text text) {
	struct text ascii = text_lower(arena, text);
	struct buffer buffer = {.arena = arena};
	if (is_ascii(text))
		return ascii;
	for (size_t i = 0, step; i < ascii.length; i += step) {
		step = text_utf8_length(ascii.bytes + i, ascii.length - i);
		if (step == 2) {
			add_lowered(&buffer, ((unsigned char)ascii.bytes[i] & 0x1fu) << 6 | ((unsigned char)ascii.bytes[i + 1] & 0x3fu));
			continue;
		}
		step = step ? step : 1;
		buffer_add(&buffer, text_slice(ascii, i, i + step));
	}
	return buffer_text(&buffer);
}
