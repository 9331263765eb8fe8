/* The end of a run that the system gives no more memory. */
#pragma once

/* What then is with the files that were to be changed; each is the exit status of such an end (command/exit.h). */
enum exhaustion {
	EXHAUSTION_UNCHANGED = 4, /* nothing was changed */
	EXHAUSTION_BROKEN = 5,    /* some may be: the journal knows, and a recovery puts them back */
	EXHAUSTION_CHANGED = 8    /* what was to be changed is changed, only not all of it told */
};

/* Until it is called nothing was changed. Returns what held before. */
enum exhaustion exhaustion_leaves(enum exhaustion files);

/* Says so on standard error and ends the run: so no caller can mistake a lack of memory for "clean". */
_Noreturn void exhaustion_end(void);
