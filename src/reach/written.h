/* Which files a shell script redirects into, copies to, or edits: by their names alone, as it is not executed. */
#pragma once

#include "base/map.h"
#include "base/text.h"

/* Puts `script_path` into the map under each such name, unless there is one. A variable stands for what the script itself sets
 * it to, goes through in a `for`, or hands to a function of its own. */
void written_note(struct arena *arena, struct text script, const struct text *script_path, struct map *names);
