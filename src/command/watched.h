/* What a look has read, for whoever watches it: a hash of the files and what they held, then the paths, each behind a letter (F: a
 * file, D: a folder, of which all that comes into it counts) and with a NUL behind it. */
#pragma once

#include "command/command.h"
#include "command/discover.h"

void watched_leave(int list, const struct call *call, const struct discovery *discovery, const struct source_list *sources);
