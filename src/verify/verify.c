#include "verify/verify.h"

#include "verify/exchange.h"

static bool is_as_expected(const struct probe_result *result) {
	const struct probe *probe = result->probe;
	return text_equal(result->answer.outcome, probe->status) && !result->answer.missing.length &&
	       (!probe->type.length || text_equal_ignoring_case(result->type, probe->type));
}

static const struct failure_mode *find_failure_mode(struct context *context, const struct verification *verification) {
	struct text reason;
	for (size_t i = 0; i < verification->failure_modes.count; i++)
		if (condition_evaluate(context, verification->failure_modes.items[i].when, &reason) == VERDICT_TRUE)
			return &verification->failure_modes.items[i];
	return NULL;
}

/* Another client's file explains nothing of this one's. */
static bool concerns(const struct client_list *clients, const struct client *client, const struct diagnostic *finding) {
	const struct source *own = client->subject.file->source;
	for (size_t i = 0; i < clients->count; i++) {
		const struct source *other = clients->items[i].subject.file->source;
		if (other == own) continue;
		bool about = finding->place.source == other;
		for (size_t j = 0; j < finding->labels.count; j++)
			about = about || finding->labels.items[j].place.source == other;
		if (about) return false;
	}
	return true;
}

static void add_findings(const struct lint *lint, const struct client_list *clients, const struct client *client,
                         struct probe_result *result) {
	for (int severity = SEVERITY_ERROR; severity >= SEVERITY_INFO; severity--)
		for (size_t i = 0; i < lint->diagnostics->found.count; i++) {
			const struct diagnostic *finding = &lint->diagnostics->found.items[i];
			if ((int)finding->severity == severity && text_list_has(&result->failure_mode->effects, finding->effect) &&
			    concerns(clients, client, finding))
				*list_add(lint->arena, &result->findings) = finding;
		}
}

static void explain(struct lint *lint, const struct client_list *clients, const struct client *client,
                    struct probe_result *result) {
	struct context context = client_context(lint, client, &result->answer);
	const struct failure_mode *failure_mode = find_failure_mode(&context, client->verification);
	if (!failure_mode) {
		result->cause = text_format(lint->arena, "an answer that is not expected: %.*s%s%.*s",
		                            TEXT_ARGUMENTS(result->answer.outcome), result->answer.detail.length ? ", " : "",
		                            TEXT_ARGUMENTS(result->answer.detail));
		return;
	}
	result->failure_mode = failure_mode;
	result->cause = template_text(&context, message_in(&failure_mode->cause, lint->options->language), false).text;
	const struct template *help = message_in(&failure_mode->help, lint->options->language);
	if (help)
		result->help = template_text(&context, help, false).text;
	add_findings(lint, clients, client, result);
}

static struct text title_of(struct lint *lint, const struct client *client, const struct probe_result *result) {
	struct context context = client_context(lint, client, &result->answer);
	return template_text(&context, message_in(&result->probe->title, lint->options->language), false).text;
}

static const struct probe_result *find_result(const struct client *client, struct text id) {
	for (size_t i = 0; i < client->verification->probes.count; i++)
		if (text_equal(client->results[i].probe->id, id))
			return &client->results[i];
	return NULL;
}

static void check_answers(struct lint *lint, struct client_list *clients) {
	for (size_t i = 0; i < clients->count; i++)
		for (size_t j = 0; j < clients->items[i].verification->probes.count; j++) {
			struct client *client = &clients->items[i];
			struct probe_result *result = &client->results[j];
			if (!client_asks(client, result)) continue;
			client_doubt_answer(lint->arena, client, result);
			if (result->skipped.length) continue;
			const struct probe_result *before = find_result(client, result->probe->after);
			result->passed = is_as_expected(result);
			if (before && !before->passed)
				result->skipped = text_format(lint->arena, "means nothing as '%.*s' has failed",
				                              TEXT_ARGUMENTS(before->probe->id));
			else if (!result->passed)
				explain(lint, clients, client, result);
			else
				result->title = title_of(lint, client, result);
		}
}

enum probe_state probe_state(const struct probe_result *result) {
	if (result->skipped.length)
		return PROBE_SKIPPED;
	return result->passed ? PROBE_PASSED : result->probe->severity == SEVERITY_ERROR ? PROBE_FAILED : PROBE_WARNED;
}

static struct verify_summary sum_up(const struct client_list *clients) {
	struct verify_summary summary = {0};
	for (size_t i = 0; i < clients->count; i++) {
		const struct client *client = &clients->items[i];
		summary.refused += client->refusal.length != 0;
		for (size_t j = 0; !client->refusal.length && j < client->verification->probes.count; j++) {
			const struct probe_result *result = &client->results[j];
			enum probe_state state = probe_state(result);
			/* That no call was asked for is no news. */
			bool news = state != PROBE_SKIPPED || !result->probe->call || result->answer.from.length;
			summary.probes[state] += news;
		}
	}
	summary.state = summary.probes[PROBE_FAILED]                         ? VERIFY_FAILED
	                : summary.refused || !summary.probes[PROBE_PASSED] ? VERIFY_UNKNOWN
	                : summary.probes[PROBE_WARNED]                       ? VERIFY_WARNED
	                                                                     : VERIFY_PASSED;
	return summary;
}

bool verify_clients(struct lint *lint, const struct verify_options *options, struct client_list *clients,
                    struct verify_summary *summary, struct text *fault) {
	bool asked = exchange_run(lint->arena, options, clients, fault);
	check_answers(lint, clients);
	*summary = sum_up(clients);
	if (!asked)
		summary->state = VERIFY_UNKNOWN;
	return asked;
}
