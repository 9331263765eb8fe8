/* Whole files in and out, for the parts that need no more than that. */
#pragma once

#include <dirent.h>

#include "base/text.h"

/* Writes all of a text to a descriptor, across short writes and EINTR; false with errno set on failure. */
bool file_write_all(int descriptor, struct text text);

/* Reads a descriptor up to its end, at most `largest` bytes; false with errno set on failure (EFBIG: too large). */
bool file_read_all(struct arena *arena, int descriptor, size_t expected, size_t largest, struct text *bytes);

/* The entries of an open folder, which stays the caller's, from the first one; NULL with errno set. closedir() ends them. */
DIR *file_entries(int folder);

/* The same by a path; a lack of memory, which would look like an empty folder, ends the run. */
DIR *file_entries_of(const char *path);

/* Closes a descriptor, unless it is -1, and returns `done`; errno stays as it was. */
bool file_close(int descriptor, bool done);
