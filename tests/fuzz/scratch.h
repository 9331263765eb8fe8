/* A folder of this process's own, for targets that read files from a disk: nothing is written elsewhere. */
#pragma once

#include "base/text.h"

/* Its absolute path; it is made when it is first asked for, and removed when the process ends as it should. */
struct text scratch_folder(void);

/* Writes a file below it, for its owner alone, and the folders on the way. A name that would lead out of it, or that stands
 * for no file, is passed over: then false. */
bool scratch_write(struct text name, struct text bytes);

/* Calls `visit` with the path of each regular file below a folder of it. */
void scratch_each(const char *folder, void (*visit)(const char *path));

/* Removes all that is in it. */
void scratch_clear(void);
