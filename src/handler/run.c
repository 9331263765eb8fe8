#include "handler/run.h"

#include <string.h>
#include <unistd.h>

#include "handler/pm2.h"
#include "handler/program.h"

enum { LARGEST_OUTPUT = 64 * 1024, LARGEST_LIST = 1024 * 1024, MOST_LINES = 12, MOST_SHOWN = 2048, PAUSE = 250 };

/* The last lines of an output, masked. */
static struct text shown_end(const struct handler_run *run, const struct process *process) {
	struct text text = text_trim(redact_text(run->arena, run->redaction, process->output, process->cut), " \t\r\n");
	size_t start = text.length, lines = 0;
	while (start > 0 && text.length - start < MOST_SHOWN && (text.bytes[start - 1] != '\n' || ++lines < MOST_LINES))
		start--;
	return text_from(text, start);
}

/* Sets why the handler has failed; returns false, so that a function can end with it. */
static bool fail(struct handler_run *run, const struct process *process, struct text reason) {
	run->reason = reason;
	run->output = process ? shown_end(run, process) : TEXT("");
	return false;
}

static struct text program_name(const struct handler_command *command) {
	struct text path = command->words.items[0];
	return text_from(path, text_find_last_byte(path, '/') + 1);
}

/* What the end of a process says against it; empty when it is the one that must be. */
static struct text fault_of_end(struct arena *arena, const struct handler *handler,
                                const struct handler_command *command, const struct process *process) {
	struct text name = program_name(command);
	switch (process->end) {
	case PROCESS_EXITED:
		if (process->status == command->status)
			return TEXT("");
		return text_format(arena, "%.*s ended with status %d", TEXT_ARGUMENTS(name), process->status);
	case PROCESS_KILLED:
		return text_format(arena, "%.*s was ended by signal %d (%s)", TEXT_ARGUMENTS(name), process->status,
		                   strsignal(process->status));
	case PROCESS_TIMED_OUT:
		return text_format(arena, "%.*s did not end within %lld s and was stopped", TEXT_ARGUMENTS(name),
		                   (long long)handler->timeout);
	case PROCESS_STOPPED: return TEXT("a signal stopped it");
	case PROCESS_NOT_STARTED: break;
	}
	return text_format(arena, "%.*s can't be run: %s", TEXT_ARGUMENTS(command->words.items[0]),
	                   strerror(process->status));
}

/* What the output says against it; empty when it is as it must be. */
static struct text fault_of_output(struct arena *arena, const struct handler_command *command, struct text output) {
	struct text name = program_name(command);
	for (size_t i = 0; i < command->forbid.count; i++)
		if (pattern_match(&command->forbid.items[i], output) != PATTERN_DIFFERS)
			return text_format(arena, "%.*s says what it must not: '%.*s'", TEXT_ARGUMENTS(name),
			                   TEXT_ARGUMENTS(command->forbid.items[i].spelled));
	for (size_t i = 0; i < command->expect.count; i++)
		if (pattern_match(&command->expect.items[i], output) != PATTERN_MATCHES)
			return text_format(arena, "%.*s does not say what it must: '%.*s'", TEXT_ARGUMENTS(name),
			                   TEXT_ARGUMENTS(command->expect.items[i].spelled));
	return TEXT("");
}

static struct text fault_of(struct arena *arena, const struct handler *handler, const struct handler_command *command,
                            const struct process *process) {
	struct text fault = fault_of_end(arena, handler, command, process);
	return fault.length ? fault : fault_of_output(arena, command, process->output);
}

static bool asks_for(const struct pattern *pattern, struct text output) {
	struct pattern compiled = *pattern;
	return pattern->spelled.length && pattern_match(&compiled, output) == PATTERN_MATCHES;
}

/* --- the command --- */

static struct process run_command(struct handler_run *run, const struct handler *handler,
                                  const struct handler_command *command, size_t largest) {
	struct account account;
	struct text reason = TEXT("");
	program_account(run->arena, handler, &account, &reason);
	const struct process_request request = {
		.words = &command->words,
		.account = handler->user.length && account.user != geteuid() ? &account : NULL,
		.home = account.home,
		.folder = handler->folder,
		.timeout = handler->timeout * 1000,
		.largest = largest,
		.watch = run->watch,
	};
	return process_run(run->arena, &request);
}

static struct process run_until_done(struct handler_run *run, const struct handler *handler) {
	struct process process = run_command(run, handler, &handler->command, LARGEST_OUTPUT);
	for (int64_t i = 0; i < handler->retry_times && asks_for(&handler->retry, process.output); i++) {
		if (process.end != PROCESS_EXITED || !process_pause(run->watch, handler->retry_delay * 1000))
			return process;
		process = run_command(run, handler, &handler->command, LARGEST_OUTPUT);
	}
	return process;
}

/* --- the state --- */

static bool look_at_pm2(struct handler_run *run, const struct handler *handler, const struct handler_state *state,
                        struct pm2_list *list) {
	struct process process = run_command(run, handler, &state->command, LARGEST_LIST);
	run->reason = fault_of_end(run->arena, handler, &state->command, &process);
	return !run->reason.length && pm2_read(run->arena, process.output, state->pm2, list, &run->reason);
}

/* The list holds the apps' whole environments: nothing of it is shown. */
/* Waits as long as the state must last; from then on it is judged once and for all. */
static bool wait_steady(struct handler_run *run, const struct handler_state *state, bool *final) {
	*final = true;
	return process_pause(run->watch, state->steady * 1000) || fail(run, NULL, TEXT("a signal stopped it"));
}

static bool pm2_is_so(struct handler_run *run, const struct handler *handler, const struct handler_state *state,
                      bool *final) {
	struct pm2_list first = {0}, second = {0};
	return look_at_pm2(run, handler, state, &first) && wait_steady(run, state, final) &&
	       look_at_pm2(run, handler, state, &second) && pm2_steady(run->arena, &first, &second, &run->reason);
}

static bool look(struct handler_run *run, const struct handler *handler, const struct handler_state *state, bool *final,
                 struct text *output) {
	struct process process = run_command(run, handler, &state->command, LARGEST_OUTPUT);
	struct text reason = fault_of(run->arena, handler, &state->command, &process);
	*final = *final || process.end == PROCESS_STOPPED || process.end == PROCESS_TIMED_OUT;
	*output = process.output;
	return !reason.length || fail(run, &process, reason);
}

static bool output_is_so(struct handler_run *run, const struct handler *handler, const struct handler_state *state,
                         bool *final) {
	struct text first, second;
	if (!look(run, handler, state, final, &first)) return false;
	if (!state->steady) return true;
	if (!wait_steady(run, state, final) || !look(run, handler, state, final, &second)) return false;
	return text_equal(first, second) ||
	       fail(run, NULL, text_format(run->arena, "what %.*s says has changed within %lld s: it does not stay up",
	                                   TEXT_ARGUMENTS(program_name(&state->command)), (long long)state->steady));
}

static bool comes_to_be_so(struct handler_run *run, const struct handler *handler, const struct handler_state *state) {
	int64_t deadline = process_clock() + state->within * 1000;
	while (true) {
		bool final = false;
		run->reason = run->output = TEXT("");
		if (state->pm2.length ? pm2_is_so(run, handler, state, &final) : output_is_so(run, handler, state, &final))
			return true;
		if (final || process_clock() >= deadline || !process_pause(run->watch, PAUSE)) return false;
	}
}

static bool leaves_state(struct handler_run *run, const struct handler *handler) {
	for (size_t i = 0; i < handler->states.count; i++)
		if (!comes_to_be_so(run, handler, &handler->states.items[i])) {
			run->reason = text_format(run->arena, "it was run, but afterwards: %.*s", TEXT_ARGUMENTS(run->reason));
			return false;
		}
	return true;
}

/* --- all of it --- */

static bool run_once(struct handler_run *run, const struct handler *handler, bool may_fall_back);

static bool fall_back(struct handler_run *run, const struct handler *handler, const struct process *process) {
	const struct handler *other = handler_find(run->handlers, handler->fallback_handler);
	struct text message = handler->fallback_message;
	if (!other)
		return fail(run, process,
		            text_format(run->arena, "%.*s (no handler `%.*s` on this machine does that)",
		                        TEXT_ARGUMENTS(message), TEXT_ARGUMENTS(handler->fallback_handler)));
	struct text reason = TEXT("");
	if (!program_check(run->arena, other, &reason))
		return fail(run, process,
		            text_format(run->arena, "%.*s; the handler `%.*s` can't do that: %.*s", TEXT_ARGUMENTS(message),
		                        TEXT_ARGUMENTS(other->name), TEXT_ARGUMENTS(reason)));
	run->note = text_format(run->arena, "%.*s; done by `%.*s`", TEXT_ARGUMENTS(message), TEXT_ARGUMENTS(other->name));
	if (run_once(run, other, false))
		return leaves_state(run, handler);
	run->reason = text_format(run->arena, "%.*s, and the handler `%.*s` has failed: %.*s", TEXT_ARGUMENTS(message),
	                          TEXT_ARGUMENTS(other->name), TEXT_ARGUMENTS(run->reason));
	return false;
}

static bool run_once(struct handler_run *run, const struct handler *handler, bool may_fall_back) {
	struct process process = run_until_done(run, handler);
	if (may_fall_back && process.end == PROCESS_EXITED && asks_for(&handler->fallback, process.output))
		return fall_back(run, handler, &process);
	struct text reason = fault_of(run->arena, handler, &handler->command, &process);
	return reason.length ? fail(run, &process, reason) : leaves_state(run, handler);
}

bool handler_run(struct handler_run *run, const struct handler *handler) {
	run->reason = run->output = run->note = TEXT("");
	return run_once(run, handler, true);
}
