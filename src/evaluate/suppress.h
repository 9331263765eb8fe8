/* Comments that silence findings: `; arilint: ignore[ari/read-only] reason`. */
#pragma once

#include "inventory/lint.h"

/* Drops the findings that a comment on their line, or alone on the line above, names by id. In .env files only the line
 * above counts: not every loader knows a comment behind a value. A comment that silences nothing, or names no rule, is
 * itself a finding (`arilint/unused-suppression`). */
void suppress(struct lint *lint);

/* Whether a rule could have found something: it is not switched off, and could be judged. */
bool suppress_was_judged(const struct lint *lint, struct text rule);
