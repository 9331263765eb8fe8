/* The rule packs of a run. */
#pragma once

#include "command/options.h"
#include "rule/load.h"

/* Loads the built-in packs and those of --rules; faults go to the diagnostics. */
void packs_load(struct diagnostics *diagnostics, const struct options *options, struct pack_list *packs);

/* Prints what is wrong with packs, in a report's format (empty: text), and returns the exit status. */
int packs_tell_faults(struct diagnostics *diagnostics, struct text format);

/* Masks what faults of packs and configurations quote and show. */
void packs_redact_faults(struct diagnostics *diagnostics);
