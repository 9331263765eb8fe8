/* undo and recover: put back what --fix has changed, or what a killed run has left. */
#include <stdio.h>

#include "command/command.h"
#include "command/options.h"
#include "command/tell.h"

static int end(struct arena *arena, const struct apply_outcome *outcome)
{
	tell_notes(arena, outcome);
	if (outcome->result == APPLY_DONE)
		return EXIT_CLEAN;
	tell_error(arena, "", outcome->reason);
	return tell_status(outcome);
}

static struct apply_options apply_options_of(struct arena *arena, const struct options *options)
{
	struct apply_options apply_options = {.break_hardlinks = options->break_hardlinks};
	apply_options.write_in_place = options->write_in_place;
	apply_options.force = options->force;
	apply_options.state_directory =
		options->state_directory.length ? options->state_directory : apply_default_state_directory(arena);
	return apply_options;
}

static int list_runs(struct arena *arena, const struct apply_options *apply_options)
{
	struct kept_run_list runs = {0};
	struct apply_outcome outcome = apply_list_runs(arena, apply_options, &runs);
	for (size_t i = 0; i < runs.count; i++) {
		const struct kept_run *run = &runs.items[i];
		printf("%.*s\n", TEXT_ARGUMENTS(run->id));
		for (size_t j = 0; j < run->paths.count; j++)
			printf("  %.*s (%.*s)\n", TEXT_ARGUMENTS(tell_shown(arena, run->paths.items[j])),
			       TEXT_ARGUMENTS(tell_shown(arena, run->rules.items[j])));
	}
	if (outcome.result == APPLY_DONE && !runs.count)
		puts("there is nothing to undo");
	return end(arena, &outcome);
}

/* Options and usage faults of both verbs; returns a status, or -1 to go on. */
static int begin(struct arena *arena, enum verb verb, const char *usage, size_t count, char **arguments,
                 struct options *options)
{
	struct text fault = TEXT("");
	bool ok = options_parse(arena, verb, count, arguments, options, &fault);
	if (ok && options->paths.count > (verb == VERB_UNDO ? 1u : 0u)) {
		fault = text_format(arena, "too many words; usage: %s", usage);
		ok = false;
	}
	if (!ok) {
		tell_error(arena, "", fault);
		return EXIT_USAGE;
	}
	if (!options->help)
		return -1;
	printf("usage: %s\n\nOptions:\n", usage);
	options_explain(stdout, verb);
	return EXIT_CLEAN;
}

int command_undo(struct arena *arena, size_t argument_count, char **arguments)
{
	struct options options = {0};
	int status = begin(arena, VERB_UNDO, "arilint undo [OPTIONS] [ID]", argument_count, arguments, &options);
	if (status >= 0)
		return status;
	struct apply_options apply_options = apply_options_of(arena, &options);
	if (options.list)
		return list_runs(arena, &apply_options);
	struct text_list restored = {0};
	struct text run = options.paths.count ? options.paths.items[0] : TEXT("");
	struct apply_outcome outcome = apply_undo(arena, run, &apply_options, &restored);
	for (size_t i = 0; i < restored.count; i++)
		printf("put back %.*s\n", TEXT_ARGUMENTS(tell_shown(arena, restored.items[i])));
	return end(arena, &outcome);
}

int command_recover(struct arena *arena, size_t argument_count, char **arguments)
{
	struct options options = {0};
	int status = begin(arena, VERB_RECOVER, "arilint recover [OPTIONS]", argument_count, arguments, &options);
	if (status >= 0)
		return status;
	struct apply_options apply_options = apply_options_of(arena, &options);
	struct apply_outcome outcome = apply_recover(arena, &apply_options);
	return end(arena, &outcome);
}
