#include "command/verification.h"

#include "command/command.h"
#include "command/discover.h"
#include "process/process.h"
#include "verify/report.h"

enum { TIMEOUT = 10000, PATIENCE = 5000, PAUSE = 500 };

static bool ask(struct lint *lint, bool colour, struct text *report, struct text *reason) {
	struct verify_options options = {.timeout = TIMEOUT};
	struct client_list clients = {0};
	struct verify_report_input input = {.arena = lint->arena, .clients = &clients, .version = ARILINT_VERSION};
	struct buffer out = {.arena = lint->arena};
	clients_find(lint, &options, &clients);
	if (!clients.count) {
		*reason = TEXT("nothing to verify: no file here has the password of a client");
		return false;
	}
	verify_clients(lint, &options, &clients, &input.summary, &input.fault);
	input.colour = colour;
	verify_report_text.write(&input, &out);
	*report = buffer_text(&out);
	*reason = input.fault;
	size_t failed = input.summary.probes[PROBE_FAILED];
	if (input.summary.state == VERIFY_PASSED || input.summary.state == VERIFY_WARNED) return true;
	if (!reason->length && (input.summary.refused || !(failed + input.summary.probes[PROBE_PASSED])))
		*reason = TEXT("a server could not be asked");
	else if (!reason->length)
		*reason = text_format(lint->arena, "%zu of %zu questions were not answered as they should be",
		                      failed, failed + input.summary.probes[PROBE_PASSED]);
	return false;
}

bool verification_run(struct arena *arena, const struct options *options, const struct setup *setup,
                      struct text *report, struct text *reason) {
	struct text_list paths = setup_paths(arena, options, setup);
	struct lint_options lint_options = setup->lint_options;
	struct diagnostics found = {.arena = arena};
	struct discovery discovery = {.diagnostics = &found, .options = &lint_options};
	struct lint lint;
	discover_lint(&discovery, &paths, options->peers, &lint);
	int64_t deadline = process_clock() + PATIENCE;
	while (!ask(&lint, options_want_color(options), report, reason))
		if (process_clock() >= deadline || !report->length || !process_pause((struct process_watch){0}, PAUSE))
			return false;
	return true;
}
