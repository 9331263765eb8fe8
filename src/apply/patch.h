/* A file joins a run: found, opened, guarded, read. */
#pragma once

#include "apply/run.h"

/* Fills path, folder, names, ownership and `before` (the bytes the file has now) of a new patch that is not yet part of
 * the run. The new ownership is the old one. False with a reason. */
bool patch_open(struct run *run, struct text path, bool follow_links, struct patch *patch);
