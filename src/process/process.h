/* A program of the machine, run without a shell.
 * In: argv, limits. Out: how it ended, and what it printed. */
#pragma once

#include "model/account.h"

/* What is asked now and then while a program runs or a pause lasts: whether to give up. */
struct process_watch {
	bool (*stop)(void *context);
	void *context;
};

struct process_request {
	const struct text_list *words;
	int program;                     /* an open file that is run in place of the one that the first word names; 0: none */
	const struct account *account;   /* whose process it is to be; NULL: whoever runs arilint */
	struct text home;                /* the value of HOME */
	struct text folder;              /* empty: the root folder */
	struct text input;               /* its standard input, a socket; empty: /dev/null */
	bool confided;                   /* it is told secrets: no environment, no standard error, and it does not outlive us */
	int64_t timeout;                 /* milliseconds; then TERM goes to the whole group, and 5 seconds later KILL */
	size_t largest;                  /* bytes of output that are kept; the rest is read and dropped */
	struct process_watch watch;
};

enum process_end {
	PROCESS_EXITED,
	PROCESS_KILLED,                  /* by a signal that we did not send */
	PROCESS_TIMED_OUT,
	PROCESS_STOPPED,                 /* because the watch said so */
	PROCESS_NOT_STARTED              /* status is an errno */
};

struct process {
	enum process_end end;
	int status;                      /* the exit status, or the signal */
	struct text output;              /* standard output and standard error as they came */
	bool cut;                        /* there was more */
};

/* Runs it in a session of its own with HOME, LANG, LOGNAME, PATH, USER and nothing else for an environment. What it leaves
 * running in the background is left alone when it ends in time. */
struct process process_run(struct arena *arena, const struct process_request *request);

/* Waits; false when the watch said to give up. */
bool process_pause(struct process_watch watch, int64_t milliseconds);

/* Milliseconds of a clock that nobody sets. */
int64_t process_clock(void);
