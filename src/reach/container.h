/* Whether programs may run in containers, where an address means another place than outside. */
#pragma once

#include "inventory/lint.h"
#include "reach/certainty.h"

/* The path of a file that puts programs into containers, by the pack's globs: in the folder of one of the two files, in one
 * between them and the folder that they share, or in the two above that. Empty without one. The machine is asked once for
 * each folder. */
struct text container_beside(struct lint *lint, const struct pack *pack, const struct file *a, const struct file *b);

/* How certain it is that a host which the one file names is where the program of the other is, and that addresses mean the
 * same to both. An empty host is the client's own choice. */
struct reach container_address_reach(struct lint *lint, const struct pack *pack, const struct file *a, const struct file *b,
                                     struct text host);

/* How certain it is that the program of the other file answers there, by whatever address. */
struct reach container_server_reach(struct lint *lint, const struct pack *pack, const struct file *a, const struct file *b,
                                    struct text host);
