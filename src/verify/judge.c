#include "verify/judge.h"

#include "verify/exchange.h"

static bool is_as_expected(const struct probing *probing)
{
	const struct probe *probe = probing->probe;
	return text_equal(probing->answer.outcome, probe->status) && !probing->answer.missing.length &&
	       (!probe->type.length || text_equal_ignoring_case(probing->type, probe->type));
}

static const struct meaning *find_meaning(struct context *context, const struct verification *verification)
{
	struct text reason;
	for (size_t i = 0; i < verification->meanings.count; i++)
		if (condition_evaluate(context, verification->meanings.items[i].when, &reason) == VERDICT_TRUE)
			return &verification->meanings.items[i];
	return NULL;
}

/* Another client's file explains nothing of this one's. */
static bool concerns(const struct client_list *clients, const struct client *client, const struct diagnostic *finding)
{
	const struct source *own = client->thing.file->source;
	for (size_t i = 0; i < clients->count; i++) {
		const struct source *other = clients->items[i].thing.file->source;
		if (other == own)
			continue;
		bool about = finding->place.source == other;
		for (size_t j = 0; j < finding->labels.count; j++)
			about = about || finding->labels.items[j].place.source == other;
		if (about)
			return false;
	}
	return true;
}

static bool explains(const struct diagnostic *finding, const struct meaning *meaning)
{
	for (size_t i = 0; i < meaning->effects.count; i++)
		if (text_equal(finding->effect, meaning->effects.items[i]))
			return true;
	return false;
}

static void add_findings(const struct lint *lint, const struct client_list *clients, const struct client *client,
                         struct probing *probing)
{
	for (int severity = SEVERITY_ERROR; severity >= SEVERITY_INFO; severity--)
		for (size_t i = 0; i < lint->diagnostics->found.count; i++) {
			const struct diagnostic *finding = &lint->diagnostics->found.items[i];
			if ((int)finding->severity == severity && explains(finding, probing->meaning) &&
			    concerns(clients, client, finding))
				*list_add(lint->arena, &probing->findings) = finding;
		}
}

static void explain(struct lint *lint, const struct client_list *clients, const struct client *client,
                    struct probing *probing)
{
	struct context context = client_context(lint, client, &probing->answer);
	const struct meaning *meaning = find_meaning(&context, client->verification);
	if (!meaning) {
		probing->cause = text_format(lint->arena, "an answer that is not expected: %.*s%s%.*s",
		                             TEXT_ARGUMENTS(probing->answer.outcome), probing->answer.detail.length ? ", " : "",
		                             TEXT_ARGUMENTS(probing->answer.detail));
		return;
	}
	probing->meaning = meaning;
	probing->cause = template_text(&context, message_in(&meaning->cause, lint->options->language), false).text;
	const struct template *help = message_in(&meaning->help, lint->options->language);
	if (help)
		probing->help = template_text(&context, help, false).text;
	add_findings(lint, clients, client, probing);
}

static struct text title_of(struct lint *lint, const struct client *client, const struct probing *probing)
{
	struct context context = client_context(lint, client, &probing->answer);
	return template_text(&context, message_in(&probing->probe->title, lint->options->language), false).text;
}

static const struct probing *find_probing(const struct client *client, struct text id)
{
	for (size_t i = 0; i < client->verification->probes.count; i++)
		if (text_equal(client->probings[i].probe->id, id))
			return &client->probings[i];
	return NULL;
}

static void judge_answers(struct lint *lint, struct client_list *clients)
{
	for (size_t i = 0; i < clients->count; i++)
		for (size_t j = 0; j < clients->items[i].verification->probes.count; j++) {
			struct client *client = &clients->items[i];
			struct probing *probing = &client->probings[j];
			if (client->refusal.length || probing->skipped.length)
				continue;
			const struct probing *before = find_probing(client, probing->probe->after);
			probing->passed = is_as_expected(probing);
			if (before && !before->passed)
				probing->skipped = text_format(lint->arena, "means nothing as '%.*s' has failed",
				                               TEXT_ARGUMENTS(before->probe->id));
			else if (!probing->passed)
				explain(lint, clients, client, probing);
			else
				probing->title = title_of(lint, client, probing);
		}
}

static struct verify_summary sum_up(const struct client_list *clients)
{
	struct verify_summary summary = {0};
	for (size_t i = 0; i < clients->count; i++) {
		const struct client *client = &clients->items[i];
		summary.refused += client->refusal.length != 0;
		for (size_t j = 0; !client->refusal.length && j < client->verification->probes.count; j++) {
			const struct probing *probing = &client->probings[j];
			/* That no call was asked for is no news. */
			summary.skipped += probing->skipped.length && (!probing->probe->call || probing->answer.from.length);
			summary.passed += !probing->skipped.length && probing->passed;
			bool bad = !probing->skipped.length && !probing->passed;
			summary.failed += bad && probing->probe->severity == SEVERITY_ERROR;
			summary.warned += bad && probing->probe->severity != SEVERITY_ERROR;
		}
	}
	summary.state = summary.failed                      ? VERIFY_FAILED
	                : summary.refused || !summary.passed ? VERIFY_UNKNOWN
	                : summary.warned                    ? VERIFY_WARNED
	                                                    : VERIFY_PASSED;
	return summary;
}

bool judge(struct lint *lint, const struct verify_options *options, struct client_list *clients,
           struct verify_summary *summary, struct text *fault)
{
	bool asked = exchange_run(lint->arena, options, clients, fault);
	judge_answers(lint, clients);
	*summary = sum_up(clients);
	if (!asked)
		summary->state = VERIFY_UNKNOWN;
	return asked;
}
