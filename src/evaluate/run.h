/* One run of all rules.
 * In: sources and packs. Out: diagnostics, and what could not be judged. */
#ifndef ARILINT_EVALUATE_RUN_H
#define ARILINT_EVALUATE_RUN_H

#include "inventory/lint.h"

/* Reads the inputs as their roles' readers do and judges them by all rules. The diagnostics are left sorted. */
void lint_run(struct lint *lint, const struct source_list *inputs);

#endif
