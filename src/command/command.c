#include "command/command.h"

#include "base/exhaustion.h"
#include "command/output.h"
#include "command/packs.h"
#include "command/tell.h"
#include "process/confine.h"

_Static_assert((int)EXHAUSTION_UNCHANGED == EXIT_NOT_FIXED && (int)EXHAUSTION_BROKEN == EXIT_BROKEN &&
               (int)EXHAUSTION_CHANGED == EXIT_UNTOLD, "a run without memory ends with a status of the table");

static int explain(const struct call *call) {
	const struct verb *verb = call->verb;
	struct buffer out = {.arena = call->arena};
	buffer_format(&out, "usage: %s\n\n%s\n\nOptions:\n", verb->usage, verb->summary);
	options_explain(&out, verb->flag);
	buffer_format(&out, "\nExamples:\n%s\n", verb->examples);
	if (verb->statuses)
		buffer_format(&out, "\n%s\n", verb->statuses);
	return output_print(buffer_text(&out)) ? EXIT_CLEAN : EXIT_UNTOLD;
}

int command_run(const struct verb *verb, struct arena *arena, size_t word_count, char **words) {
	struct call *call = arena_new(arena, struct call);
	struct text fault = TEXT("");
	call->arena = call->diagnostics.arena = arena;
	call->verb = verb;
	call->word_count = word_count;
	call->words = words;
	bool parsed = options_parse(arena, verb->flag, word_count, words, &call->options, &fault);
	if (parsed && call->options.help)
		return explain(call);
	if (parsed && call->options.version) {
		output_say("arilint " ARILINT_VERSION "\n");
		return EXIT_CLEAN;
	}
	if (parsed && call->options.paths.count > verb->most_words)
		fault = TEXT("too many words");
	if (fault.length)
		return call_misuse(call, fault);
	if (verb->only_reads)
		confine(CONFINED_TO_READING);
	return verb->run(call);
}

int call_fail(const struct call *call, struct text reason, int status) {
	if (call->verb->fail)
		return call->verb->fail(call, reason, status);
	tell_error(call->arena, "", reason);
	return status;
}

int call_misuse(const struct call *call, struct text fault) {
	struct text lines = text_of(call->verb->usage), usage = text_cut(&lines, '\n');
	int status = call_fail(call, fault, EXIT_USAGE);
	if (status == EXIT_USAGE)
		output_tell("usage: %.*s\n", TEXT_ARGUMENTS(usage));
	return status;
}

int call_set_up(struct call *call) {
	struct text fault = TEXT("");
	return setup_make(&call->diagnostics, &call->options, &call->setup, &fault) ? -1 : call_fail(call, fault, EXIT_USAGE);
}

int call_begin(struct call *call, struct text format) {
	int status = call_set_up(call);
	return status < 0 && call->diagnostics.found.count ? packs_tell_faults(&call->diagnostics, format) : status;
}
