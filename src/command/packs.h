/* The rule packs of a run. */
#ifndef ARILINT_COMMAND_PACKS_H
#define ARILINT_COMMAND_PACKS_H

#include "command/options.h"
#include "rule/load.h"

/* Loads the built-in packs and those of --rules; faults go to the diagnostics. */
void packs_load(struct diagnostics *diagnostics, const struct options *options, struct pack_list *packs);

/* Prints what is wrong with packs, in a report's format (empty: text), and returns the exit status. */
int packs_tell_faults(struct diagnostics *diagnostics, struct text format);

#endif
