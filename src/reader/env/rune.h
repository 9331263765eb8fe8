/* Characters as Go sees them. */
#pragma once

#include "base/text.h"

/* Decodes the character at `at` (before the text's end) and returns its bytes; malformed bytes are U+FFFD, one each. */
size_t rune_decode(struct text text, size_t at, uint32_t *rune);

/* isSpace() of godotenv and its descendants: blanks without the line feed. */
bool rune_is_space(uint32_t rune);

/* unicode.IsLetter() or unicode.IsNumber(): exact below U+0250; beyond, blocks of punctuation and symbols are left out
 * and all else counts. */
bool rune_is_word(uint32_t rune);
