/* Scripts that lie beside a file and write others when their programs are set up. */
#pragma once

#include "inventory/lint.h"

/* The path of a shell script, by the pack's globs, that writes a file of that name (without folders): in the folder of the file, or
 * in one of the two above. Empty without one, and for a file that lies where its program reads it. Each folder is looked into
 * once. */
struct text script_writing(struct lint *lint, const struct pack *pack, const struct file *file, struct text name);
