/* What came of fixing. */
#pragma once

#include "inventory/lint.h"
#include "trust/flow.h"

struct fixed_file {
	struct source *before;
	struct source *after;    /* both with their secrets marked */
	struct text rules;       /* ids of the rules that asked for the changes, separated by blanks */
	struct flow_list flows;  /* of values from other files into this one */
};

struct fixed_list LIST_OF(struct fixed_file);

struct left_out {
	struct text rule;
	struct text reason;
};

struct left_out_list LIST_OF(struct left_out);

/* A fix that was made, told apart by what it mends: see fixer_key(). */
struct made_fix {
	struct text key;
	bool follows;            /* it mends what other fixes have left behind */
};

struct made_list LIST_OF(struct made_fix);

struct fixer_result {
	struct arena *memory;    /* what is said here, but for the refusal; NULL: nothing of its own */
	struct lint after;       /* the run over the new texts, with an arena of its own, or the first run */
	struct fixed_list files;
	size_t fixed;            /* findings that could be fixed and are gone */
	struct text_list handlers; /* what the changes need before programs go by them, each once */
	struct text refusal;     /* why nothing may be written; empty when all is well */
	struct left_out_list left_out; /* fixes without which all is well, and with which nothing could be written */
	struct made_list made;   /* the fixes, in the order in which they were made; one that was made again is in it again */
	bool unstable;           /* refused because the fixes undo each other, ... */
	bool cut;                /* ... or because there are more findings than are listed */
};

