/* Which file of another role belongs to a file. */
#pragma once

#include "inventory/lint.h"

/* The file of that role in the same declared group or, for a file that is in none, among all; the pack says of which files
 * it knows a setting. Of several it is the one that is nearest in the tree: it shares the most folders; of several, a live
 * file before an example, then the one that lies least deep, then the one of the more usual name. A live file has no
 * example for a peer, nothing has one in which the pack knows no key, and none that another file includes. NULL with the
 * reason when there is none, or when two are alike in all that. A file is its own peer. */
struct file *peer_of(struct lint *lint, struct file *file, const struct role *role, const struct pack *pack,
                     struct text *reason);

/* How many live files it could have been, but for those that others are read over: see role.h, layers. */
size_t peer_count(struct lint *lint, struct file *file, const struct role *role, const struct pack *pack);
