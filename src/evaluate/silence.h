/* The comment that would silence a finding, in place of its fix. */
#pragma once

#include "inventory/lint.h"

/* A comment on a line of its own above a finding that names its rule and a reason; NULL where no comment can stand, or would
 * not be read. */
struct fix *silence_make(struct lint *lint, const struct diagnostic *found, const char *reason);

/* Each finding gets, for its fix, that comment. Whether it changes what a program reads is for the fixer to find out. */
void silence_offer(struct lint *lint);
