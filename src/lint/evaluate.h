/* One pack's rules over the files of a run. */
#ifndef ARILINT_LINT_EVALUATE_H
#define ARILINT_LINT_EVALUATE_H

#include "lint/lint.h"

/* Adds a diagnostic for each violation, with its fix, and a note for each rule that could not be judged. */
void evaluate_pack(struct lint *lint, struct pack *pack);

#endif
