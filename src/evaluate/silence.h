/* The comment that would silence a finding, in place of its fix. */
#pragma once

#include "inventory/lint.h"

/* Each finding gets, for its fix, a comment on a line of its own above it that names the rule; none where no comment can
 * stand, or would not be read. Whether it changes what a program reads is for the fixer to find out. */
void silence_offer(struct lint *lint);
