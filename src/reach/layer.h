/* Files of one folder that a program reads one over the other. */
#pragma once

#include "inventory/lint.h"

/* The layers that a file is one of, the one whose values win first; NULL where it is the only one. Those of the file's own
 * environment and those of none. */
const struct file_list *layers_of(struct lint *lint, struct file *file);

/* The layer above the file that has a value for the key, too, or what hands the file to programs with another value for it;
 * NULL without one. */
struct file *layer_over(struct lint *lint, struct file *file, struct text key);

/* Of a layer for any environment, one for an environment of the set that has a value for the key, too; NULL without one. */
struct file *layer_likely_over(struct lint *lint, const struct text_set *environments, const struct file *file, struct text key);
