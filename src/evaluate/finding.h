/* What a rule says of a subject that violates it. */
#pragma once

#include "evaluate/evaluation.h"

#include "reach/certainty.h"

/* Adds the diagnostic of the context's subject, with its fix. What is only likely is a warning at most, its fix unsafe at
 * most. `last`: no more of the rule and file will be listed. */
void finding_add(struct evaluation *evaluation, const struct reach *reach, bool last);
