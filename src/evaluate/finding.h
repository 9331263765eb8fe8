/* What a rule says of a subject that violates it. */
#pragma once

#include "evaluate/evaluation.h"

/* Adds the diagnostic of the context's subject, with its fix. `last`: no more of the rule and file will be listed. */
void finding_add(struct evaluation *evaluation, bool last);
