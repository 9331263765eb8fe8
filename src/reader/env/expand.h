/* Bounds on what expansions may add: a few lines that double a value each would otherwise fill the memory. */
#ifndef ARILINT_READER_ENV_EXPAND_H
#define ARILINT_READER_ENV_EXPAND_H

#include "base/buffer.h"
#include "reader/env/env.h"

/* Whether an expansion may add `length` bytes. All expansions of one file may add 1 MiB together; going beyond it is a
 * fault at `place` the first time. */
bool env_can_expand(struct env_scan *scan, size_t length, struct span place);

/* Adds the value of a variable to `out`, or leaves it out where the bound is reached. */
void env_expand(struct env_scan *scan, struct buffer *out, struct text value, struct span place);

#endif
