/* What may not be shown of a run's files: marked in their sources, and learned to be found elsewhere. */
#pragma once

#include "inventory/lint.h"
#include "redact/redact.h"

/* Marks what may not be shown in all sources of the run; needed before anything of them is printed. */
void lint_redact(struct lint *lint);

enum learning {
	LEARN_ALL,
	LEARN_UNUSUAL /* but for everyday values whose key does not speak of a secret: log lines are full of them */
};

/* Learns the secrets of a run whose files are marked, as they are written and as programs read them. */
void lint_learn(const struct lint *lint, enum learning learning, struct redaction *redaction);
