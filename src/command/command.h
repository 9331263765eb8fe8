/* Verbs: what each is called with, what is said of it, and how it ends.
 * In: argv. Out: a verb that was run, and an exit status. */
#pragma once

#include "command/exit.h"
#include "command/options.h"
#include "command/setup.h"

/* One run of a verb. */
struct call {
	struct arena *arena;
	const struct verb *verb;
	size_t word_count;
	char **words;           /* behind the verb */
	struct options options;
	struct diagnostics diagnostics;
	struct setup setup;     /* filled in by call_set_up() */
};

enum { MANY_WORDS = 1 << 30 };

struct verb {
	const char *name;
	enum verb_flag flag;    /* by which the table of options knows it */
	size_t most_words;      /* that are no options */
	bool only_reads;        /* whatever the options */
	const char *usage;      /* "arilint rule [OPTIONS] [ID...]"; a fault is told with its first line */
	const char *summary;    /* what it does; lines without an end */
	const char *examples;   /* lines, indented by two blanks */
	const char *statuses;   /* how it exits; NULL: as all do, 2 is wrong usage */
	int (*run)(struct call *call);
	int (*fail)(const struct call *call, struct text reason, int status); /* NULL: tells it and returns the status */
};

extern const struct verb verb_check, verb_diagnose, verb_dump, verb_undo, verb_recover, verb_rule, verb_config, verb_test,
	verb_schema, verb_validate, verb_verify, verb_lsp;

/* Runs a verb with the words behind it and returns the exit status. */
int command_run(const struct verb *verb, struct arena *arena, size_t word_count, char **words);

/* Tells what is wrong, and returns the exit status. */
int call_fail(const struct call *call, struct text reason, int status);

/* The same of a wrong command line, with the usage line. */
int call_misuse(const struct call *call, struct text fault);

/* Reads configuration and packs. Returns an exit status when the command line is wrong, else -1; other faults are in the
 * diagnostics then. */
int call_set_up(struct call *call);

/* The same, and tells those faults in a report's format (empty: text), too: the setup is complete when it returns -1. */
int call_begin(struct call *call, struct text format);
