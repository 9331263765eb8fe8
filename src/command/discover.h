/* Paths in, inputs out. */
#pragma once

#include "command/progress.h"
#include "inventory/lint.h"

struct discovery {
	struct source_list inputs;        /* files that were read, sorted by path, each once */
	struct diagnostics *diagnostics;  /* gets what could not be read */
	struct lint_options *options;     /* its folders are filled in */
	bool printed;                     /* what a fix makes of standard input is for standard output */
	struct source *standard_input;    /* NULL: it was not read, or not to its end; it need not be one of the inputs */
	bool in_memory;                   /* what is fixed is not written: nothing need be a file that could be */
	struct text_list walked;          /* all folders that were searched */
	struct text within;               /* the folder that is searched, ... */
	dev_t device;                     /* ... the file system that it lies on, ... */
	bool from_root;                   /* ... and whether it is /, of which no other file system is searched along */
	struct progress progress;
	bool led_out;                     /* what is found now is a link that leads out of it */
	bool force_exclude;               /* what the configuration excludes is left out although it is named, ... */
	size_t excluded;                  /* ... as many as this */
	bool taking_peers;                /* what is found now was not named */
};

/* Reads the files that the paths name, and those below folders that have a role and are not left out, or, without
 * paths, those of all groups; `as` gives the only input another path, and it is taken
 * instead of a file that is there.
 * What can't be read becomes a diagnostic with `unread` set; nothing else is read in its place. The other files of
 * their groups, and below the folder `peers` (empty: nowhere) those that have a role, are read as peers; those that can't
 * be are passed over. */
void discover(struct discovery *discovery, const struct text_list *paths, struct text as, struct text peers);

/* Notes each glob of the configuration's `readers` that no file of a whole run has, with the nearest file. */
void discover_tell_unmatched(const struct discovery *discovery, const struct text_list *paths, struct text configuration);

/* The same, and lints what was found: `lint` is filled in, and its findings hold no secret. */
void discover_lint(struct discovery *discovery, const struct text_list *paths, struct text peers, struct lint *lint);
