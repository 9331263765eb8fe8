/* Bounds on what expansions may add: a few lines that double a value each would otherwise fill the memory. */
#ifndef ARILINT_READER_ENV_EXPAND_H
#define ARILINT_READER_ENV_EXPAND_H

#include "base/buffer.h"
#include "reader/env.h"

/* Adds the value of a variable to `out`. All expansions of one file may add 1 MiB together; what goes beyond is left
 * out, and the first time it is a fault at `place`. */
bool env_expand(struct env_scan *scan, struct buffer *out, struct text value, struct span place);

#endif
