/* What is left of a run is put back or cleared up; a failed run and a recovery go the same way. */
#pragma once

#include "apply/run.h"

/* Makes every file of the run old again and removes the journal. A file that somebody else has changed since stays his:
 * run->abandoned is set, and the originals are kept for undo. False with a reason when something could not be put back;
 * the journal then stays for the next try. */
bool rollback(struct run *run);

/* Clears up after the commit: displaced files go, originals are kept or removed. On failure the files are new all the
 * same, and the next run goes on with it. */
bool rollback_clear_up(struct run *run);

/* Forces the folders of the run's files to the disk. */
bool rollback_sync(struct run *run);
