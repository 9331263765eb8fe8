/* What follows once the files are written: handlers, verification, and the way back when they fail. */
#pragma once

#include "apply/transaction.h"
#include "command/setup.h"
#include "handler/definitions.h"
#include "redact/redact.h"
#include "report/report.h"

struct rollout {
	struct arena *arena;
	const struct options *options;
	const struct setup *setup;        /* NULL: --verify is not among the options */
	const struct lint_options *lint_options;
	const struct apply_options *apply_options;
	bool quiet;                       /* standard output belongs to a report that programs read */
	struct handler_list handlers;     /* of this machine */
	struct diagnostics faults;        /* of their definitions */
	struct redaction redaction;
	struct text run;                  /* whose originals a rollback puts back; empty: none */
	struct report_step_list steps;
	bool rolled_back;                 /* the old files are back */
	struct text state;                /* what it has left: "new files, loaded" */
};

/* Whether handlers may run here at all: never where a hook or a build server is at work. */
bool rollout_allowed(struct text *fault);

/* Whether the options of check go together. */
bool rollout_take_options(const struct options *options, struct text *fault);

/* Reads what handlers this machine has. */
void rollout_begin(struct rollout *rollout);

/* Which of the handlers that a change needs are to be noted as pending: those that the machine defines, as nothing could
 * ever take the others out again, in the order in which they are run; all of them where the definitions can't be read. The others are told of. */
struct text_list rollout_pending(struct rollout *rollout, const struct text_list *needed);

/* Lets no secret of a finished run, and of the files of pending runs, out of what handlers print. */
void rollout_know(struct rollout *rollout, const struct lint *lint);

/* The same of files, as they are now. */
void rollout_know_files(struct rollout *rollout, const struct text_list *paths);

/* Whether these handlers and those that are pending already are there and can be run. */
bool rollout_check(struct rollout *rollout, const struct text_list *needed, struct text *reason);

/* Runs what is pending, verifies where that is wanted, and goes back where that is wanted. False when handlers or the
 * verification have failed: exit status 6. */
bool rollout_run(struct rollout *rollout);
