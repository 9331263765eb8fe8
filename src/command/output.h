/* A report into a file that others may read at any moment. */
#pragma once

#include "base/text.h"

/* Writes a new file beside `path` (mode 0644) and gives it that name: who reads it finds the old text or the new one, whole.
 * False with a sentence in `*fault`. */
bool output_replace(struct arena *arena, struct text path, struct text text, struct text *fault);
