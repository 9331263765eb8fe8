/* What is to be changed, how, and what comes of it: what the users of this folder and its own files speak of. */
#pragma once

#include "base/list.h"
#include "base/text.h"
#include "trust/flow.h"

struct change {
	struct text path;        /* a symbolic link stays one: what it leads to is changed */
	struct text before;      /* what was read: the file must still hold it */
	struct text after;
	struct text rules;       /* ids of the rules that asked for it, separated by blanks; no values */
	struct flow_list flows;  /* of values from other files into this one: looked at once more */
};

enum backup {
	BACKUP_STATE,            /* originals go to STATE/undo/<time>-<pid>/ */
	BACKUP_SUFFIX,           /* and a copy of mode 0600 goes beside the file: NAME.bak, NAME.bak.1 ... */
	BACKUP_NONE              /* nothing is kept once the run is committed */
};

struct apply_options {
	struct text state_directory;   /* made with mode 0700 when it is not there; must be ours alone */
	enum backup backup;
	struct text suffix;            /* of BACKUP_SUFFIX: ".bak" */
	size_t keep_runs;              /* runs beyond this many, or older than 30 days, are pruned; 0: 10 */
	bool break_hardlinks;
	bool write_in_place;           /* where a rename is impossible (a bind-mounted file) */
	struct text_list handlers;     /* what the changes need before programs go by them: noted until it has been run */
	unsigned lock_timeout;         /* seconds to wait for another run that has the state folder */
	void (*tell_waiting)(struct arena *arena, struct text process); /* called once when it waits for a process; may be NULL */
	bool force;                    /* an editor's swap file does not stop it; undo overwrites later changes */
};

enum apply_result {
	APPLY_DONE,      /* all files are new; also when there was nothing to do */
	APPLY_UNCHANGED, /* it failed and every file is as it was: exit status 4 */
	APPLY_BROKEN     /* putting back failed too: `arilint recover`, exit status 5 */
};

struct apply_outcome {
	enum apply_result result;
	struct text reason;      /* a sentence that says what went wrong and what to do; empty when done */
	struct text run;         /* id of the kept originals, for `arilint undo`; empty when none are kept */
	struct text_list notes;  /* what the user should know although it worked */
	bool stale;              /* nothing was changed because a file is not what was read before */
};

/* A run that can be undone. */
struct kept_run {
	struct text id;
	struct text_list paths;
	struct text_list rules;  /* parallel to paths */
	struct text_list handlers;
};

struct kept_run_list LIST_OF(struct kept_run);

/* A run whose changes are in the files, but not yet known to the programs that read them. */
struct pending_run {
	struct text id;
	struct text_list handlers;     /* those that have not succeeded since */
};

struct pending_list LIST_OF(struct pending_run);
