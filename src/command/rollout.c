#include "command/rollout.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text_set.h"
#include "command/discover.h"
#include "command/output.h"
#include "command/tell.h"
#include "command/verification.h"
#include "handler/load.h"
#include "handler/program.h"
#include "handler/run.h"
#include "inventory/handlers.h"
#include "inventory/redact.h"

/* --- before anything is changed --- */

static bool is_set(const char *variable) {
	const char *value = getenv(variable);
	return value && *value && strcmp(value, "0") != 0 && strcmp(value, "false") != 0;
}

bool rollout_allowed(struct text *fault) {
	if (is_set("PRE_COMMIT") || is_set("CI"))
		*fault = TEXT("--run-handlers does nothing where a hook or a build server is at work (PRE_COMMIT or CI is set)");
	return !fault->length;
}

bool rollout_take_options(const struct options *options, struct text *fault) {
	struct text on_failure = options->on_failure;
	bool rollback = text_is(on_failure, "rollback");
	if (on_failure.length && !rollback && !text_is(on_failure, "keep"))
		*fault = TEXT("--on-failure takes keep or rollback");
	else if (rollback && text_is(options->backup, "none"))
		*fault = TEXT("--on-failure rollback needs the originals: not with --backup=none");
	else if (options->run_handlers && !options->fix)
		*fault = TEXT("--run-handlers goes with --fix");
	else if (!options->run_handlers && (options->verify || on_failure.length))
		*fault = options->verify ? TEXT("--verify goes with --fix --run-handlers")
		                         : TEXT("--on-failure goes with --fix --run-handlers");
	else if (options->run_handlers)
		rollout_allowed(fault);
	return !fault->length;
}

void rollout_begin(struct rollout *rollout) {
	rollout->faults.arena = rollout->redaction.arena = rollout->arena;
	definitions_read(&rollout->faults, &rollout->handlers);
	const struct pack_list *packs = &rollout->lint_options->packs;
	struct text_list known = {0};
	for (size_t i = 0; i < packs->count; i++)
		for (size_t j = 0; j < packs->items[i]->handlers.count; j++)
			*list_add(rollout->arena, &known) = packs->items[i]->handlers.items[j]->name;
	handlers_check_after(&rollout->faults, &rollout->handlers, &known);
}

static struct text missing(const struct rollout *rollout, struct text name) {
	struct text_list names = {0};
	struct text near = TEXT("");
	for (size_t i = 0; i < rollout->handlers.count; i++)
		*list_add(rollout->arena, &names) = rollout->handlers.items[i]->name;
	bool hint = text_list_nearest(rollout->arena, &names, name, &near);
	return text_format(rollout->arena, "no handler `%.*s` on this machine%s%.*s%s; run by hand: %.*s", TEXT_ARGUMENTS(name),
	                   hint ? " (there is `" : "", TEXT_ARGUMENTS(near), hint ? "`)" : "",
	                   TEXT_ARGUMENTS(handlers_by_hand(rollout->lint_options, name)));
}

static void tell_faults(struct rollout *rollout) {
	for (size_t i = 0; i < rollout->faults.found.count; i++) {
		const struct diagnostic *fault = &rollout->faults.found.items[i];
		tell_note(rollout->arena, text_format(rollout->arena, "%.*s: %.*s", TEXT_ARGUMENTS(fault->place.source->path),
		                                        TEXT_ARGUMENTS(fault->message)));
	}
}

struct text_list rollout_pending(struct rollout *rollout, const struct text_list *needed) {
	struct text_list noted = {0};
	tell_faults(rollout);
	if (rollout->faults.found.count)
		return *needed;
	for (size_t i = 0; i < rollout->handlers.count; i++)
		if (text_list_has(needed, rollout->handlers.items[i]->name))
			*list_add(rollout->arena, &noted) = rollout->handlers.items[i]->name;
	for (size_t i = 0; !rollout->quiet && i < needed->count; i++)
		if (!text_list_has(&noted, needed->items[i]))
			tell_note(rollout->arena, missing(rollout, needed->items[i]));
	return noted;
}

static bool check_one(struct rollout *rollout, struct text name, struct text *reason) {
	struct text fault = TEXT("");
	const struct handler *handler = handler_find(&rollout->handlers, name);
	if (!handler)
		*reason = missing(rollout, name);
	else if (!program_check(rollout->arena, handler, &fault))
		*reason = text_format(rollout->arena, "the handler `%.*s` can't be run: %.*s", TEXT_ARGUMENTS(name),
		                      TEXT_ARGUMENTS(fault));
	return !reason->length;
}

bool rollout_check(struct rollout *rollout, const struct text_list *needed, struct text *reason) {
	struct pending_list pending = apply_pending(rollout->arena, rollout->apply_options);
	for (size_t i = 0; i < needed->count; i++)
		if (!check_one(rollout, needed->items[i], reason))
			return false;
	for (size_t i = 0; i < pending.count; i++)
		for (size_t j = 0; j < pending.items[i].handlers.count; j++)
			if (!check_one(rollout, pending.items[i].handlers.items[j], reason))
				return false;
	return true;
}

/* --- secrets --- */

void rollout_know_files(struct rollout *rollout, const struct text_list *paths) {
	struct arena *arena = rollout->arena;
	struct diagnostics ignored = {.arena = arena};
	struct lint_options options = *rollout->lint_options;
	struct discovery discovery = {.diagnostics = &ignored, .options = &options};
	struct lint lint;
	options.inventory.groups.count = 0;
	discover_lint(&discovery, paths, TEXT(""), &lint);
	lint_learn(&lint, LEARN_ALL, &rollout->redaction);
}

void rollout_know(struct rollout *rollout, const struct lint *lint) {
	struct pending_list pending = apply_pending(rollout->arena, rollout->apply_options);
	struct kept_run_list runs = {0};
	lint_learn(lint, LEARN_ALL, &rollout->redaction);
	if (pending.count)
		apply_list_runs(rollout->arena, rollout->apply_options, &runs);
	for (size_t i = 0; i < pending.count; i++)
		for (size_t j = 0; j < runs.count; j++)
			if (text_equal(pending.items[i].id, runs.items[j].id))
				rollout_know_files(rollout, &runs.items[j].paths);
}

/* --- handlers --- */

static void say(const struct rollout *rollout, struct text line) {
	if (!rollout->quiet) {
		output_say("%.*s\n", TEXT_ARGUMENTS(tell_shown(rollout->arena, line)));
	}
}

static void add_step(struct rollout *rollout, struct text name, struct text reason) {
	*list_add(rollout->arena, &rollout->steps) = (struct report_step){name, !reason.length, reason};
}

static void tell_failure(struct rollout *rollout, struct text name, const struct handler_run *run) {
	struct text output = run->output;
	tell_error(rollout->arena, "",
	           text_format(rollout->arena, "the handler `%.*s` has failed: %.*s", TEXT_ARGUMENTS(name),
	                       TEXT_ARGUMENTS(run->reason)));
	while (output.length) {
		struct text line = tell_shown(rollout->arena, text_cut(&output, '\n'));
		output_tell("  | %.*s\n", TEXT_ARGUMENTS(line));
	}
}

static bool run_one(struct rollout *rollout, struct apply_hold *hold, struct handler_run *run,
                    const struct handler *handler) {
	struct arena *arena = rollout->arena;
	int64_t start = process_clock();
	if (isatty(STDERR_FILENO))
		output_tell("arilint: running the handler %.*s ...\n", TEXT_ARGUMENTS(handler->name));
	bool done = handler_run(run, handler) && apply_loaded(hold, handler->name, &run->reason);
	int64_t tenths = (process_clock() - start) / 100;
	if (run->note.length)
		tell_note(arena, text_format(arena, "%.*s: %.*s", TEXT_ARGUMENTS(handler->name), TEXT_ARGUMENTS(run->note)));
	add_step(rollout, handler->name, done ? TEXT("") : run->reason);
	if (done)
		say(rollout, text_format(arena, "handler %.*s: done (%lld.%lld s)", TEXT_ARGUMENTS(handler->name),
		                           (long long)tenths / 10, (long long)tenths % 10));
	else
		tell_failure(rollout, handler->name, run);
	return done;
}

static bool stop_for_signal(void *hold) { return apply_interrupted(hold); }

/* The first that fails is the last that is run: those behind it may build on it. */
static bool run_held(struct rollout *rollout, struct apply_hold *hold) {
	struct text_list names = apply_held(hold);
	struct text reason = TEXT("");
	struct handler_run run = {.arena = rollout->arena, .handlers = &rollout->handlers, .redaction = &rollout->redaction,
	                          .watch = {stop_for_signal, hold}};
	if (!rollout_check(rollout, &names, &reason)) {
		tell_error(rollout->arena, "", reason);
		return false;
	}
	for (size_t i = 0; i < rollout->handlers.count; i++)
		if (text_list_has(&names, rollout->handlers.items[i]->name) &&
		    !run_one(rollout, hold, &run, rollout->handlers.items[i]))
			return false;
	return true;
}

static bool load(struct rollout *rollout) {
	struct apply_hold *hold;
	struct apply_outcome outcome = apply_hold(rollout->arena, rollout->apply_options, &hold);
	bool loaded = outcome.result == APPLY_DONE;
	if (!loaded)
		tell_error(rollout->arena, "handlers were not run: ", outcome.reason);
	else
		loaded = run_held(rollout, hold);
	apply_release(hold);
	return loaded;
}

/* --- the state it leaves --- */

static bool verify(struct rollout *rollout) {
	struct text report = TEXT(""), reason = TEXT("");
	if (isatty(STDERR_FILENO))
		output_tell("arilint: verifying ...\n");
	bool verified = verification_run(rollout->arena, rollout->options, rollout->setup, &report, &reason);
	if (!rollout->quiet)
		output_print(report);
	if (!verified)
		tell_error(rollout->arena, "the verification has failed: ", reason);
	add_step(rollout, TEXT("verify"), verified ? TEXT("") : reason);
	return verified;
}

/* Loads, and verifies what is loaded; puts the state into words. */
static bool load_and_verify(struct rollout *rollout, const char *files) {
	bool loaded = load(rollout), wanted = rollout->options->verify && rollout->setup;
	bool verified = loaded && wanted && verify(rollout);
	rollout->state = text_format(rollout->arena, "%s, %s%s", files, loaded ? "loaded" : "not loaded",
	                               !wanted ? "" : verified ? ", verified" : ", not verified");
	return loaded && (verified || !wanted);
}

static void roll_back(struct rollout *rollout) {
	struct arena *arena = rollout->arena;
	struct text_list restored = {0};
	struct apply_outcome outcome = apply_undo(arena, rollout->run, rollout->apply_options, &restored);
	tell_notes(arena, &outcome);
	if (outcome.result != APPLY_DONE) {
		tell_error(arena, "the old files could not be put back: ", outcome.reason);
		return;
	}
	for (size_t i = 0; i < restored.count; i++)
		say(rollout, text_format(arena, "put back %.*s", TEXT_ARGUMENTS(restored.items[i])));
	rollout->rolled_back = true;
	load_and_verify(rollout, "old files");
}

bool rollout_run(struct rollout *rollout) {
	bool waiting = apply_pending(rollout->arena, rollout->apply_options).count;
	const char *files = rollout->rolled_back ? "old files" : waiting ? "new files" : "files as they were";
	bool done = load_and_verify(rollout, files);
	bool back = text_is(rollout->options->on_failure, "rollback");
	if (!done && back && rollout->run.length)
		roll_back(rollout);
	else if (!done && back)
		tell_note(rollout->arena, TEXT("this run has changed no file, so there is none to put back"));
	struct text line = text_format(rollout->arena, "state: %.*s", TEXT_ARGUMENTS(rollout->state));
	if (done)
		say(rollout, line);
	else
		tell_error(rollout->arena, "", line);
	return done;
}
