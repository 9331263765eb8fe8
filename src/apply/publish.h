/* Old and new change places; and back. */
#pragma once

#include "apply/run.h"

/* Puts the new file in the place of the old one, which afterwards bears the name `patch->temporary`, and compares what
 * was displaced with what was read. On failure the file may be either: the rollback looks. */
bool publish(struct run *run, struct patch *patch);

/* Lets the file and the temporary change places; 0 or an errno (EINVAL, ENOSYS: this file system can't). */
int publish_exchange(const struct patch *patch);

bool publish_cannot_exchange(int error);

/* Writes bytes and ownership through the inode that is there. */
bool publish_in_place(struct run *run, struct patch *patch, struct text bytes, const struct ownership *ownership);
