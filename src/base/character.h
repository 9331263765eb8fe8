/* Characters, given by their code points: those that no output may hold as they are. */
#pragma once

#include "base/text.h"

/* The code point of a valid character of UTF-8 of `length` bytes; see text_utf8_length(). */
uint32_t character_decode(const char *bytes, size_t length);

/* Whether a character beyond ASCII drives a terminal, can't be seen, or shows the ones around it in another order. */
bool character_is_unshown(uint32_t code);

/* Whether a text begins with "##[" or the like: a command to a CI system wherever it stands in a line. */
bool text_begins_command(struct text text);
