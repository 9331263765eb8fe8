/* The new file beside the old one. */
#pragma once

#include "apply/run.h"

/* Makes the file `name` beside the patch's with these bytes, this ownership and the attributes of the file that stands
 * there now; replacement_settle() is due before it is put to use. What cannot be kept is a reason to fail, never weakened. Where the
 * folder takes no new file and the user allows it, sets `patch->in_place` instead. */
bool replacement_make(struct run *run, struct patch *patch, const char *name, struct text bytes,
                      const struct ownership *ownership);

/* Forces that file to the disk and reads it back. */
bool replacement_settle(struct run *run, const struct patch *patch, const char *name, struct text bytes);

/* Whether a file has that owner, group and mode. */
bool replacement_is_owned(const struct stat *status, const struct ownership *ownership);

/* Gives an open file owner, group and mode, and checks that it has them. */
bool replacement_own(struct run *run, const struct patch *patch, int descriptor, const struct ownership *ownership);

/* Makes the copy beside the file that --backup=SUFFIX asks for. */
bool replacement_back_up(struct run *run, struct patch *patch);

/* The first free name for that copy: NAME.bak, NAME.bak.1, NAME.bak.2 ...; NULL with a reason when there is none. */
const char *replacement_backup_name(struct run *run, const struct patch *patch);
