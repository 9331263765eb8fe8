/* The rules of all packs over the files of a run. */
#ifndef ARILINT_EVALUATE_EVALUATE_H
#define ARILINT_EVALUATE_EVALUATE_H

#include "inventory/lint.h"

/* Adds a diagnostic for each violation, with its fix, and a note for each rule that could not be judged. */
void evaluate(struct lint *lint);

#endif
