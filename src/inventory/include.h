/* Files that others include. */
#pragma once

#include "inventory/lint.h"

/* Opens an included file for `lint`, the reading's context: NULL where there is none to read. One that somebody who decides over
 * the file that includes it may not read is not opened, and what includes it can't be judged: see struct source. */
struct source *include_open(struct reading *reading, struct text path);

/* Whether a file of that path may be changed: it lies in a folder that the user named. Texts of tests may. */
bool include_may_change(const struct lint *lint, struct text path);
