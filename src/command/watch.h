/* A run that goes on: it looks again whenever what it has read changes, each round in a process of its own. */
#pragma once

#include <stdbool.h>

struct watch {
	bool terminal; /* standard output is one: it is cleared for each report */
	bool one_line; /* a report is JSON: one document a line */
};

/* Stays behind and runs rounds until SIGINT or SIGTERM; then, or when a round has read nothing, returns true with the exit
 * status of the last one. In each round, which is a child, returns false; the child goes on with one look, and leaves in `*list`
 * what it has read (command/watched.h). Its report is shown when it, or what the files held, is not what it was. */
bool watch_stay_behind(const struct watch *watch, int *list, int *status);
