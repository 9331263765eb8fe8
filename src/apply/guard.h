/* Files that are better left alone. */
#pragma once

#include "apply/run.h"

/* Refuses, with a reason: what is not a regular file; a file of several names (unless break_hardlinks); one that an
 * editor holds open (unless forced); one over the size bound; and one of which somebody decides over the way who may not write
 * it himself: he could put another in its place (sudoedit's rule, with the file's owner in the part of the invoking
 * user). */
bool guard_file(struct run *run, const struct way *way, int descriptor, const struct stat *file);
