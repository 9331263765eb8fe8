/* Fixes until nothing is left to fix, in memory; then proof that they made nothing worse.
 * In: diagnostics with edits. Out: new bytes in memory, and the proof that nothing got worse; verdicts of tests. */
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

struct fixer_result {
	struct fixed_list files;
	struct lint after;       /* the run over the new texts */
	size_t fixed;            /* findings that are gone */
	struct text_list handlers; /* what the changes need before programs go by them, each once */
	struct text refusal;     /* why nothing may be written; empty when all is well */
	struct left_out_list left_out; /* fixes without which all is well, and with which nothing could be written */
	bool unstable;           /* refused because the fixes undo each other, ... */
	bool cut;                /* ... or because there are more findings than are listed */
};

/* Applies all fixes that the run asks for to the sources that may be changed, again and again until there are none;
 * `first` is the finished first run. Fixes because of which the result is not stable, a finding is new, or a value in force
 * changed that no fix meant to change are left out, and their findings say so; where nothing else is left to be made, the
 * result is refused. */
struct fixer_result fixer_run(struct lint *first, const struct source_list *inputs);
