/* Lines and positions of a text as editors count them: lines from 0, which end with "\n", "\r\n" or "\r", and in a line units
 * of the encoding that was agreed on. */
#pragma once

#include "source/source.h"

enum encoding { ENCODING_UTF16, ENCODING_UTF8, ENCODING_UTF32 };

struct spot {
	uint32_t line, character;
};

struct layout {
	struct text bytes;
	const uint32_t *starts; /* of lines */
	size_t count;           /* 1 or more */
	enum encoding encoding;
};

/* The text must be of less than 4 GiB. */
struct layout layout_make(struct arena *arena, struct text bytes, enum encoding encoding);

/* An offset within a character is its start; behind the end it is the end. */
struct spot layout_spot(const struct layout *layout, size_t offset);

/* A place behind the end of its line is that end; behind the last line the end of the text. */
size_t layout_offset(const struct layout *layout, struct spot spot);
