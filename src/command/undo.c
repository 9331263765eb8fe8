/* undo and recover: put back what --fix has changed, or what a killed run has left. */

#include "base/exhaustion.h"
#include "command/command.h"
#include "command/output.h"
#include "command/packs.h"
#include "command/pending.h"
#include "command/rollout.h"
#include "command/tell.h"

static int list_runs(struct arena *arena, const struct apply_options *apply_options) {
	struct kept_run_list runs = {0};
	struct apply_outcome outcome = apply_list_runs(arena, apply_options, &runs);
	for (size_t i = 0; i < runs.count; i++) {
		const struct kept_run *run = &runs.items[i];
		output_say("%.*s\n", TEXT_ARGUMENTS(run->id));
		for (size_t j = 0; j < run->paths.count; j++)
			output_say("  %.*s (%.*s)\n", TEXT_ARGUMENTS(tell_shown(arena, run->paths.items[j])),
			       TEXT_ARGUMENTS(tell_shown(arena, run->rules.items[j])));
	}
	if (outcome.result == APPLY_DONE && !runs.count)
		output_say("there is nothing to undo\n");
	return tell_outcome(arena, &outcome);
}

/* What the handlers of a run need to be known before it is undone; returns a status, or -1 to go on. */
static int prepare(struct rollout *rollout, struct lint_options *lint_options, struct text id) {
	struct kept_run_list runs = {0};
	struct diagnostics faults = {.arena = rollout->arena};
	struct text reason = TEXT("");
	language_choose(TEXT(""), TEXT(""), &lint_options->language, &reason);
	packs_load(&faults, rollout->options, &lint_options->packs);
	rollout->lint_options = lint_options;
	rollout_begin(rollout);
	if (rollout->faults.found.count)
		return packs_tell_faults(&rollout->faults, TEXT(""));
	apply_list_runs(rollout->arena, rollout->apply_options, &runs);
	for (size_t i = 0; i < runs.count; i++) {
		if (id.length && !text_equal(runs.items[i].id, id)) continue;
		rollout_know_files(rollout, &runs.items[i].paths);
		if (rollout_check(rollout, &runs.items[i].handlers, &reason)) return -1;
		tell_error(rollout->arena, "nothing was changed: ", reason);
		return EXIT_NOT_FIXED;
	}
	return -1;
}

static int undo(struct arena *arena, const struct options *options, const struct apply_options *apply_options) {
	struct rollout rollout = {.arena = arena, .options = options, .apply_options = apply_options};
	struct lint_options lint_options = {0};
	struct text_list restored = {0};
	struct text run = options->paths.count ? options->paths.items[0] : TEXT(""), fault = TEXT("");
	if (options->run_handlers && !rollout_allowed(&fault)) {
		tell_error(arena, "", fault);
		return EXIT_USAGE;
	}
	int status = options->run_handlers ? prepare(&rollout, &lint_options, run) : -1;
	if (status >= 0)
		return status;
	struct apply_outcome outcome = apply_undo(arena, run, apply_options, &restored);
	for (size_t i = 0; i < restored.count; i++)
		output_say("put back %.*s\n", TEXT_ARGUMENTS(tell_shown(arena, restored.items[i])));
	status = tell_outcome(arena, &outcome);
	if (options->run_handlers && status == EXIT_CLEAN) {
		rollout.rolled_back = true;
		rollout_know_files(&rollout, &restored);
		return rollout_run(&rollout) ? EXIT_CLEAN : EXIT_NOT_LOADED;
	}
	struct pending_list pending = apply_pending(arena, apply_options);
	pending_tell(arena, &pending);
	return status;
}

static int run_undo(struct call *call) {
	struct apply_options apply_options = setup_apply_options(call->arena, &call->options);
	return call->options.list ? list_runs(call->arena, &apply_options) : undo(call->arena, &call->options, &apply_options);
}

const struct verb verb_undo = {
	.name = "undo", .flag = VERB_UNDO, .most_words = 1, .run = run_undo,
	.usage = "arilint undo [OPTIONS] [ID]",
	.summary = "Puts back the files that a run of --fix has changed: the newest run, or the one named.",
	.examples = "  arilint undo --list\n"
	            "  arilint undo --run-handlers",
};

static int run_recover(struct call *call) {
	struct apply_options apply_options = setup_apply_options(call->arena, &call->options);
	struct apply_outcome outcome = apply_recover(call->arena, &apply_options);
	if (outcome.result == APPLY_DONE)
		exhaustion_leaves(EXHAUSTION_CHANGED);
	return tell_outcome(call->arena, &outcome);
}

const struct verb verb_recover = {
	.name = "recover", .flag = VERB_RECOVER, .run = run_recover,
	.usage = "arilint recover [OPTIONS]",
	.summary = "Puts back what a run of --fix or undo has left half done when it was killed.",
	.examples = "  arilint recover\n"
	            "  arilint recover --state-dir /srv/arilint",
};
