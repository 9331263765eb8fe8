/* What changes still need before programs go by them: STATE/pending/ID holds, for each run, the names of its handlers, one
 * a line. It is there from before the first file is published until each of them has succeeded, so that it is never
 * missing while the new files are in place. */
#pragma once

#include "apply/run.h"

/* Writes the marker of the run's handlers, if there are any, and forces it to the disk; false with a reason. */
bool pending_write(struct run *run);

/* Removes the marker of a run; true as well when there is none. False with a reason. */
bool pending_remove(struct run *run, struct text id);

/* Takes a name out of the marker of a run, and removes it when none is left. False with a reason. */
bool pending_take_out(struct run *run, struct text id, struct text name);

/* The markers that an open folder holds, oldest first. */
void pending_list(struct arena *arena, int folder, struct pending_list *pending);
