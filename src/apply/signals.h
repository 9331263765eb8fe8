/* Signals that would end the program wait until the files are whole. */
#pragma once

#include <signal.h>
#include <stdbool.h>

struct signals {
	sigset_t deferred; /* those that would end the program; signals that are ignored stay ignored */
	sigset_t before;   /* the mask to go back to */
};

/* From here on signals wait; a write beyond the limit of file sizes fails with EFBIG and ends nothing. */
void signals_defer(struct signals *signals);

/* True when one of the deferred signals waits: undo what is half done, then let it in. */
bool signals_waiting(const struct signals *signals);

/* Back to the mask of before: a signal that waits does its work now. */
void signals_deliver(const struct signals *signals);
