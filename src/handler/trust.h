/* Files that say what is run, and programs that are run: nobody but root and their user may be able to change them. */
#ifndef ARILINT_HANDLER_TRUST_H
#define ARILINT_HANDLER_TRUST_H

#include <sys/stat.h>

#include "base/text.h"

/* Whether root or `owner` owns it and nobody else may write to it; `*fault` else says what is wrong: "belongs to ...". */
bool trust_status(struct arena *arena, const struct stat *status, uid_t owner, struct text *fault);

/* Opens a folder of an absolute path whose every part may be trusted so; no part may be a symbolic link. A folder in which
 * everybody may make files but only change his own (/tmp) will do for a part, not for the last. Returns -1 with an empty
 * fault when there is none, and with a sentence otherwise. */
int trust_open_folder(struct arena *arena, struct text path, uid_t owner, struct text *fault);

/* Whether all folders on the way to a file, symbolic links followed, may be trusted so; `*fault` else names the first that
 * may not. */
bool trust_way(struct arena *arena, struct text path, uid_t owner, struct text *fault);

#endif
