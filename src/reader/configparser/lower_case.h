/* Letters in lower case, beyond ASCII. */
#pragma once

#include "base/text.h"

/* The text with Latin, Greek, Cyrillic and Armenian letters (up to U+058F) in lower case, as Unicode 14 maps them one by
 * one; letters of other scripts, and bytes that are not UTF-8, stay. */
struct text text_in_lower_case(struct arena *arena, struct text text);
