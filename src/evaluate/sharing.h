/* Files of one role that share a file of another: backends of one server. */
#pragma once

#include "evaluate/context.h"

/* The files that the selector looks at, examples left out, and that have the same peer of its `sharing` role as this file;
 * of those without a peer all, where there is no such file at all; the first hundred of them, and none that the pack may not
 * speak of. NULL: none. What a repository's configuration groups, and which of them are of one program, is the caller's
 * concern. Sorted out once for a run. */
const struct file_list *sharing_files(struct context *context, const struct selector *selector, struct file *file);

/* Files of one program lie in one folder, or below each other. */
bool sharing_one_program(const struct file *a, const struct file *b);
