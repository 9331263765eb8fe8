/* Findings that a run knew already: only what is new is told, and makes it fail. A finding is known by its identity
 * (report/identity.h), wherever its line has gone, and in a folder of another name where the old one is gone. */
#pragma once

#include "inventory/lint.h"

/* The findings, for a file: no value and nothing that a secret could be sought from is in it. Those of inputs that could not be
 * read are not. */
struct text baseline_make(struct arena *arena, const struct diagnostics *diagnostics);

/* Takes all findings out but those of inputs that could not be read; returns how many. */
size_t baseline_take_all(struct diagnostics *diagnostics);

/* Takes out the findings that stand in the file and are no graver than there; `*count` is how many. What stands there and is
 * mended, in a file and by a rule of this run, becomes a finding of its own. False with a sentence in `*fault`. */
bool baseline_take_known(struct lint *lint, struct text path, size_t *count, struct text *fault);
