/* Verbs: one function each; each gets the words behind the verb and returns the exit status. */
#ifndef ARILINT_COMMAND_COMMAND_H
#define ARILINT_COMMAND_COMMAND_H

#include "base/arena.h"

#define ARILINT_VERSION "0.1.0"

enum exit_status {
	EXIT_CLEAN = 0,     /* nothing at or above --fail-on remains */
	EXIT_FOUND = 1,     /* something remains; of --diff: there is a diff */
	EXIT_USAGE = 2,     /* usage, configuration or rule pack */
	EXIT_UNREAD = 3,    /* an input could not be read or parsed; the rest was linted */
	EXIT_NOT_FIXED = 4, /* a fix failed and everything was put back */
	EXIT_BROKEN = 5,    /* putting back failed too */
	EXIT_NOT_LOADED = 6, /* a handler or the verification failed */
	EXIT_NOTHING = 7    /* nothing to lint */
};

int command_check(struct arena *arena, size_t argument_count, char **arguments);
int command_diagnose(struct arena *arena, size_t argument_count, char **arguments);
int command_dump(struct arena *arena, size_t argument_count, char **arguments);
int command_undo(struct arena *arena, size_t argument_count, char **arguments);
int command_config(struct arena *arena, size_t argument_count, char **arguments);
int command_rule(struct arena *arena, size_t argument_count, char **arguments);
int command_test(struct arena *arena, size_t argument_count, char **arguments);
int command_schema(struct arena *arena, size_t argument_count, char **arguments);
int command_verify(struct arena *arena, size_t argument_count, char **arguments);
int command_validate(struct arena *arena, size_t argument_count, char **arguments);
int command_recover(struct arena *arena, size_t argument_count, char **arguments);

#endif
