/* Fixes until nothing is left to fix, in memory; then proof that they made nothing worse.
 * In: diagnostics with edits. Out: new bytes in memory, and the proof that nothing got worse; verdicts of tests. */
#pragma once

#include "fixer/result.h"

/* Applies all fixes that the run asks for to the sources that may be changed, again and again until there are none;
 * `first` is the finished first run. Fixes because of which the result is not stable, a finding is new, or a value in force
 * changed that no fix meant to change are left out, and their findings say so; where nothing else is left to be made, the
 * result is refused. */
struct fixer_result fixer_run(struct lint *first, const struct source_list *inputs);
