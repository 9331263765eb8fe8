/* How a run of the program ends, and which program it is. */
#pragma once

#define ARILINT_VERSION "0.2.0"

enum exit_status {
	EXIT_CLEAN = 0,     /* nothing at or above --fail-on remains */
	EXIT_FOUND = 1,     /* something remains; of --diff: there is a diff */
	EXIT_USAGE = 2,     /* usage, configuration or rule pack */
	EXIT_UNREAD = 3,    /* an input could not be read or parsed; the rest was linted */
	EXIT_NOT_FIXED = 4, /* nothing was changed: a fix failed, or memory ran out */
	EXIT_BROKEN = 5,    /* putting back failed too */
	EXIT_NOT_LOADED = 6, /* a handler or the verification failed */
	EXIT_NOTHING = 7,   /* nothing to lint */
	EXIT_UNTOLD = 8     /* what was to be changed is changed, but standard output took not all of it, or memory ran out */
};
