/* A long search says on a terminal how far it is, and Ctrl-C ends it between two files. */
#pragma once

#include <signal.h>

#include "base/text.h"

struct progress {
	struct arena *arena;
	bool terminal;           /* standard error is one */
	size_t folders;          /* that were begun */
	double told;             /* when it was last told, in seconds of a clock that never goes back */
	bool shown;              /* a line stands there that is to go */
	struct sigaction before; /* what Ctrl-C did */
};

/* The search begins: from here on Ctrl-C waits for the next file; a second one ends the program at once. */
void progress_begin(struct progress *progress, struct arena *arena);

/* A folder is begun. */
void progress_enter(struct progress *progress, struct text folder);

/* Whether Ctrl-C was pressed: nothing more is to be looked at. */
bool progress_stopped(void);

/* The search has ended, and the line of the terminal is empty again. Where Ctrl-C has ended it, so does the program, by that
 * signal: nothing is judged by half. */
void progress_end(struct progress *progress);
