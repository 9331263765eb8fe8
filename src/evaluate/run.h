/* One run of all rules.
 * In: sources and packs. Out: diagnostics, and what could not be judged. */
#pragma once

#include "inventory/lint.h"

/* Reads the inputs as their roles' readers do and judges them by all rules. The diagnostics are left sorted. */
void lint_run(struct lint *lint, const struct source_list *inputs);
