#include "base/character.h"

struct range {
	uint32_t first, last;
};

static const struct range unshown[] = {
	{0x80, 0x9f},     {0xad, 0xad},     {0x34f, 0x34f},   {0x61c, 0x61c},   {0x115f, 0x1160}, {0x17b4, 0x17b5},
	{0x180b, 0x180e}, {0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f}, {0x3164, 0x3164}, {0xfe00, 0xfe0d},
	{0xfeff, 0xfeff}, {0xffa0, 0xffa0}, {0xfff9, 0xfffb}, {0xe0000, 0xe0fff},
};

uint32_t character_decode(const char *bytes, size_t length) {
	static const unsigned char first_bits[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
	uint32_t code = (unsigned char)bytes[0] & first_bits[length];
	for (size_t i = 1; i < length; i++)
		code = code << 6 | ((unsigned char)bytes[i] & 0x3f);
	return code;
}

bool text_begins_command(struct text text) {
	return text_starts_with(text, TEXT("##")) &&
	       (text_starts_with(text, TEXT("##[")) || text_starts_with(text, TEXT("##vso[")) || text_starts_with(text, TEXT("##teamcity[")));
}

bool character_is_unshown(uint32_t code) {
	for (size_t i = 0; i < sizeof(unshown) / sizeof(*unshown); i++)
		if (code >= unshown[i].first && code <= unshown[i].last)
			return true;
	return false;
}
