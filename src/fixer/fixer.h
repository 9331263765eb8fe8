/* Fixes until nothing is left to fix, in memory; then proof that they made nothing worse.
 * In: diagnostics with edits. Out: new bytes in memory, and the proof that nothing got worse; verdicts of tests. */
#pragma once

#include "fixer/result.h"

/* Applies all fixes that the run asks for to the sources that may be changed, again and again until there are none;
 * `first` is the finished first run. Fixes because of which the result is not stable, a finding is new, or a value in force
 * changed that no fix meant to change are left out, and their findings say so; where nothing else is left to be made, the
 * result is refused. */
struct fixer_result fixer_run(struct lint *first, const struct source_list *inputs);

/* Gives back all memory of a result, which then holds but its refusal. */
void fixer_release(struct fixer_result *result);

/* --- one by one: what a person takes of the fixes --- */

/* What the fix of a finding is told apart by. Findings of one rule in one file that say the same have one key. */
struct text fixer_key(struct arena *arena, const struct diagnostic *diagnostic);

/* Makes the fixes of these keys and no others (`only`), or all but these. Nothing is left out in search of a sound rest: the
 * result is refused, with the reason, where the fixes can't be made together. */
struct fixer_result fixer_try(struct lint *first, const struct source_list *inputs, const struct text_list *keys, bool only);
