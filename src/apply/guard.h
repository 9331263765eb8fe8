/* Files that are better left alone. */
#pragma once

#include "apply/lookup.h"
#include "apply/run.h"

/* Refuses, with a reason: what is not a regular file; a file of several names (unless break_hardlinks); one that an
 * editor holds open (unless forced); one over the size bound; and while we are root, one in a folder, or behind a
 * symbolic link in a folder, that somebody may write to who may not write the file: he could put another in its place
 * (sudoedit's rule, with the file's owner in the part of the invoking user). */
bool guard_file(struct run *run, const struct location *location, const struct stat *file);
