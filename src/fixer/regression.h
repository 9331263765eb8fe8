/* Proof that fixes made nothing worse: what was fine is as it was. */
#pragma once

#include "inventory/lint.h"

struct intent_list LIST_OF(struct intent);

/* Compares the run over the old texts with the run over the new ones. The reason why the new texts may not be written,
 * or the empty text: a program that read a file refuses it now, a value in force changed that no fix meant to change (for
 * any reader of the file's role), or a finding is new. In the arena of the run before. */
struct text regression_find(struct lint *before, struct lint *after, const struct intent_list *intents);
