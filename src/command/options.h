/* Command line options: one table from which they are parsed, explained and checked. */
#pragma once

#include "base/buffer.h"
#include "base/list.h"

/* A report that is asked for. */
struct report_wish {
	struct text format;
	struct text output;         /* the file for it; empty: standard output */
};

/* Everything that an option can say; absent texts are empty. */
struct options {
	struct text_list paths;     /* the words that are no options */
	struct text_list rules;
	size_t repository_rules;    /* of these, from the first on: named by a repository's configuration */
	struct LIST_OF(struct report_wish) reports;
	struct text_list targets, select, ignore, with;
	struct text call[2];        /* FROM and TO */
	struct text baseline, write_baseline;
	struct text output, timeout, lock_timeout, reader, root, explain;
	struct text format, color, fail_on, as, peers, authority, backup, on_failure, state_directory, keep, language, config;
	struct text show_secrets;   /* "terminal" or "always" */
	bool add_ignores;
	bool fix, ask, watch, run_handlers, verify, init, unsafe_fixes, diff, list, force, break_hardlinks, write_in_place;
	bool isolated, force_exclude, no_builtin, show_not_evaluated, strict, insecure_loopback, tokens, readers, settings, help, version;
};

/* The verbs that an option goes with. */
enum verb_flag {
	VERB_CHECK = 1,
	VERB_UNDO = 2,
	VERB_RECOVER = 4,
	VERB_RULE = 8,
	VERB_VALIDATE = 16,
	VERB_CONFIG = 32,
	VERB_TEST = 64,
	VERB_SCHEMA = 128,
	VERB_VERIFY = 256,
	VERB_DIAGNOSE = 512,
	VERB_DUMP = 1024,
	VERB_LSP = 2048,
	ALL_VERBS = 4095
};

/* Parses `--name value`, `--name=value`, flags, `-h` for --help, `-V` for --version, and `--` before paths; a lone `-` is a path. On a fault
 * returns false and sets `*fault` to a sentence with a suggestion. */
bool options_parse(struct arena *arena, enum verb_flag verb, size_t count, char **arguments, struct options *options,
                   struct text *fault);

/* How many words an option takes, its value among them, whichever verb it goes with; 0 for what is no option. `*verbs` keeps
 * those that it goes with. */
size_t options_span(const char *word, unsigned *verbs);

/* How long to wait for another run, in seconds; false when the option says nothing that can be understood. */
bool options_lock_timeout(const struct options *options, unsigned *seconds);

/* Whether standard output gets colours: as --color, NO_COLOR, CLICOLOR_FORCE and the terminal say, in this order. */
bool options_want_color(const struct options *options);

/* Lets secrets be shown where --show-secrets says so; false with the reason when it may not. */
bool options_show_secrets(const struct options *options, struct text *fault);

/* Adds the options that go with a verb, each with its explanation. */
void options_explain(struct buffer *out, enum verb_flag verb);
