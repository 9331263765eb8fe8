/* Several files in one input: `--- PATH` on a line of its own begins each. */
#pragma once

#include "base/text.h"

/* Cuts the next file off; false when there is none left. What stands before the first such line is no file's. */
bool parts_cut(struct text *rest, struct text *path, struct text *bytes);
