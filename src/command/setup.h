/* What a run goes by: the command line, the configuration and the packs, put together. */
#pragma once

#include "apply/transaction.h"
#include "command/options.h"
#include "configuration/configuration.h"

struct setup {
	struct configuration configuration;
	struct lint_options lint_options;
	bool fail_never;
	enum severity fail_on;
};

/* Finds and reads the configuration, loads the packs, and lets the command line have the last word; the configuration's
 * packs are added to the options. False with a reason when the command line is wrong; faults of configuration and packs go
 * to the diagnostics, and then the setup is not complete. */
bool setup_make(struct diagnostics *diagnostics, struct options *options, struct setup *setup, struct text *fault);

/* The paths to look at: those of the command line; without any and without groups the working directory and, for root
 * without a configuration, /etc/asterisk. */
struct text_list setup_paths(struct arena *arena, const struct options *options, const struct setup *setup);

/* How files are changed and put back, as the command line says; what only --fix takes is left out. */
struct apply_options setup_apply_options(struct arena *arena, const struct options *options);
