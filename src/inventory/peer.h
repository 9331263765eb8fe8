/* Which file of another role belongs to a file. */
#pragma once

#include "inventory/lint.h"

/* The file of that role in the same declared group or, for a file that is in none, among all. Of several it is the one
 * that is nearest in the tree: it shares the most folders; of several, a live file before an
 * example, then the one that lies least deep, then the one of the more usual name. NULL with the reason when there is
 * none, or when two are alike in all that. A file is its own peer. */
struct file *peer_of(struct lint *lint, struct file *file, const struct role *role, struct text *reason);
