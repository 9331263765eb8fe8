/* verify: asks the server what the backend will ask it, with the settings of the .env. */
#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "command/command.h"
#include "command/discover.h"
#include "command/output.h"
#include "command/tell.h"
#include "verify/report.h"

enum { USUAL_TIMEOUT = 10, LONGEST_TIMEOUT = 600 };

struct verify_run {
	struct arena *arena;
	struct call *call;
	struct verify_options verify_options;
	const struct verify_report *report;
	struct lint lint;
	struct client_list clients;
	struct text fault;
};

static bool is_nagios(const struct call *call) { return text_is(call->options.format, "nagios"); }

/* What monitors read is on standard output, whatever went wrong. */
static int give_up(const struct call *call, struct text reason, int status) {
	if (!is_nagios(call)) {
		tell_error(call->arena, "", reason);
		return status;
	}
	output_say("ARILINT UNKNOWN - %.*s\n", TEXT_ARGUMENTS(tell_shown(call->arena, reason)));
	return VERIFY_UNKNOWN;
}

/* --- options --- */

static bool take_timeout(struct verify_run *run, struct text *fault) {
	int64_t seconds = USUAL_TIMEOUT;
	if (run->call->options.timeout.length &&
	    (!text_to_integer(run->call->options.timeout, &seconds) || seconds < 1 || seconds > LONGEST_TIMEOUT))
		*fault = TEXT("--timeout takes seconds, from 1 to 600");
	run->verify_options.timeout = (uint32_t)seconds * 1000;
	return !fault->length;
}

/* A name of the call that is nobody else's, so that this very one can be hung up. */
static bool take_call(struct verify_run *run, struct text *fault) {
	uint64_t random;
	run->verify_options.from = run->call->options.call[0];
	run->verify_options.to = run->call->options.call[1];
	if (!run->verify_options.from.length) return true;
	if (getrandom(&random, sizeof(random), 0) != (ssize_t)sizeof(random)) {
		*fault = TEXT("the system has no random number for the call's name");
		return false;
	}
	run->verify_options.call_id = text_format(run->arena, "arilint-verify-%016llx", (unsigned long long)random);
	return true;
}

static bool take_options(struct verify_run *run, struct text *fault) {
	const struct options *options = &run->call->options;
	run->report = verify_report_find(options->format.length ? options->format : TEXT("text"));
	if (!run->report)
		*fault = text_format(run->arena, "unknown format '%.*s'; there are: %s", TEXT_ARGUMENTS(options->format),
		                     verify_report_names);
	run->verify_options.insecure_loopback = options->insecure_loopback;
	return !fault->length && take_timeout(run, fault) && take_call(run, fault);
}

/* --- the run --- */

/* What rings somebody's telephone is said first. */
static void announce(struct verify_run *run) {
	for (size_t i = 0; i < run->clients.count; i++) {
		const struct client *client = &run->clients.items[i];
		for (size_t j = 0; !client->refusal.length && j < client->verification->probes.count; j++) {
			const struct probe_result *result = &client->results[j];
			struct context context = client_context(&run->lint, client, &result->answer);
			const struct template *template = message_in(&result->probe->notice, run->lint.options->language);
			if (template && !result->skipped.length)
				tell_note(run->arena, template_text(&context, template, false).text);
		}
	}
}

static int write_report(struct verify_run *run, const struct verify_summary *summary) {
	struct buffer out = {.arena = run->arena};
	const struct options *options = &run->call->options;
	struct verify_report_input input = {
		.arena = run->arena, .clients = &run->clients, .summary = *summary, .fault = run->fault,
		.colour = !options->output.length && options_want_color(options), .version = ARILINT_VERSION};
	struct text fault = TEXT("");
	run->report->write(&input, &out);
	if (options->output.length)
		output_replace(run->arena, options->output, buffer_text(&out), true, &fault);
	else if (!output_print(buffer_text(&out)))
		fault = text_format(run->arena, "can't write to standard output: %s", strerror(errno));
	if (fault.length)
		return give_up(run->call, fault, EXIT_USAGE);
	if (is_nagios(run->call))
		return (int)summary->state;
	return summary->state == VERIFY_PASSED || summary->state == VERIFY_WARNED ? EXIT_CLEAN : EXIT_NOT_LOADED;
}

static int verify(struct verify_run *run) {
	struct text_list paths = setup_paths(run->arena, &run->call->options, &run->call->setup);
	struct discovery discovery = {
		.diagnostics = &run->call->diagnostics, .options = &run->call->setup.lint_options};
	discover_lint(&discovery, &paths, run->call->options.peers, &run->lint);
	/* An input that could not be read may be the one that matters. */
	bool unread = tell_unread(&run->call->diagnostics);
	clients_find(&run->lint, &run->verify_options, &run->clients);
	if (!run->clients.count && unread)
		return give_up(run->call, TEXT("an input could not be read"), EXIT_UNREAD);
	if (!run->clients.count)
		return give_up(run->call, TEXT("nothing to verify: no file here has the password of a client"), EXIT_NOTHING);
	announce(run);
	struct verify_summary summary;
	if (!verify_clients(&run->lint, &run->verify_options, &run->clients, &summary, &run->fault) &&
	    !is_nagios(run->call))
		tell_error(run->arena, "", run->fault);
	int status = write_report(run, &summary);
	return unread && !is_nagios(run->call) && status == EXIT_CLEAN ? EXIT_UNREAD : status;
}

static int run(struct call *call) {
	struct verify_run *run = arena_new(call->arena, struct verify_run);
	struct text fault = TEXT("");
	run->arena = call->arena;
	run->call = call;
	if (!take_options(run, &fault))
		return give_up(call, fault, EXIT_USAGE);
	int status = is_nagios(call) ? call_set_up(call) : call_begin(call, TEXT("text"));
	if (status >= 0)
		return status;
	if (call->diagnostics.found.count)
		return give_up(call, call->diagnostics.found.items[0].message, EXIT_USAGE);
	return verify(run);
}

const struct verb verb_verify = {
	.name = "verify", .flag = VERB_VERIFY, .most_words = MANY_WORDS, .run = run, .fail = give_up,
	.usage = "arilint verify [OPTIONS] [PATH...]",
	.summary =
		"Asks the server what the backend will ask it, with the settings of each .env, and says what its answers mean.\n"
		"A password goes to this machine and to the hosts in /etc/arilint/verify-hosts, to no other.",
	.examples = "  arilint verify /srv/backend/.env\n"
	            "  arilint verify --format nagios /srv/backend",
	.statuses =
		"Exit status: 0 all is as it should be, 2 wrong usage, configuration or rule pack, 3 an input could not be read,\n"
		"6 something is not, or could not be asked, 7 nothing to verify. With --format nagios: 0 OK, 1 WARNING, 2 CRITICAL,\n"
		"3 UNKNOWN.",
};
