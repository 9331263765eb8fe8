/* What surrounds a run: signals wait, the state folder is open and locked, an interrupted run is recovered first. */
#pragma once

#include "apply/run.h"
#include "base/exhaustion.h"

struct session {
	struct run run;
	struct signals signals;
	enum exhaustion before; /* what held before the first file was published; 0: none is */
};

/* Returns APPLY_DONE when all that is so; session_close() is due in any case. Without `make`, a state folder that is
 * not there is not made: run.state is then -1. `*recovered` is the id of the interrupted run. */
enum apply_result session_open(struct session *session, struct arena *arena, const struct apply_options *options,
                               bool make, struct text *recovered);

void session_close(struct session *session);

/* Does what run.patches says: journal, new files, publish, commit, clear up; or puts everything back. */
enum apply_result session_commit(struct session *session);
