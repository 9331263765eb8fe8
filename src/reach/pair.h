/* How certain it is that two files belong together. */
#pragma once

#include "inventory/lint.h"
#include "reach/certainty.h"

/* Of a file and its peer, or another layer of either: for certain where they are declared, lie in one folder, or the peer
 * is the only live one of its role. */
struct reach pair_reach(struct lint *lint, const struct pack *pack, struct file *file, struct file *other);
