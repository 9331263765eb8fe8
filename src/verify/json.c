/* For programs: always valid JSON in UTF-8. */
#include "report/report.h"
#include "verify/report.h"

static const char *const states[] = {
	[VERIFY_PASSED] = "passed", [VERIFY_WARNED] = "warned", [VERIFY_FAILED] = "failed", [VERIFY_UNKNOWN] = "unknown"};

static void add(const struct verify_report_input *input, const char *before, struct text text, struct buffer *out)
{
	buffer_add_string(out, before);
	report_add_json(input->arena, text, out);
}

static void add_unless_empty(const struct verify_report_input *input, const char *before, struct text text,
                             struct buffer *out)
{
	if (text.length)
		add(input, before, text, out);
}

static void add_findings(const struct verify_report_input *input, const struct probing *probing, struct buffer *out)
{
	buffer_add_string(out, ", \"findings\": [");
	for (size_t i = 0; i < probing->findings.count; i++) {
		const struct diagnostic *finding = probing->findings.items[i];
		struct position position = source_position(input->arena, finding->place.source, finding->place.span.start);
		add(input, i ? ", {\"rule\": " : "{\"rule\": ", finding->rule, out);
		buffer_format(out, ", \"severity\": \"%s\"", severity_name(finding->severity));
		add(input, ", \"path\": ", finding->place.source->path, out);
		buffer_format(out, ", \"line\": %u, \"column\": %u", position.line, position.column);
		add(input, ", \"message\": ", finding->message, out);
		buffer_add_byte(out, '}');
	}
	buffer_add_byte(out, ']');
}

static void add_answer(const struct verify_report_input *input, const struct probing *probing, struct buffer *out)
{
	const struct answer *answer = &probing->answer;
	buffer_format(out, ", \"result\": \"%s\"",
	              probing->passed                                 ? "passed"
	              : probing->probe->severity == SEVERITY_ERROR ? "failed"
	                                                              : "warning");
	add(input, ", \"outcome\": ", answer->outcome, out);
	buffer_format(out, ", \"milliseconds\": %u", probing->milliseconds);
	add_unless_empty(input, ", \"server\": ", answer->server, out);
	if (probing->passed)
		return;
	add_unless_empty(input, ", \"realm\": ", answer->realm, out);
	add_unless_empty(input, ", \"location\": ", answer->location, out);
	add_unless_empty(input, ", \"said\": ", answer->said, out);
	add_unless_empty(input, ", \"missing\": ", answer->missing, out);
	add_unless_empty(input, ", \"detail\": ", answer->detail, out);
	if (probing->meaning && probing->meaning->effects.count)
		add(input, ", \"effect\": ", probing->meaning->effects.items[0], out);
	add(input, ", \"cause\": ", probing->cause, out);
	add_unless_empty(input, ", \"help\": ", probing->help, out);
	add_findings(input, probing, out);
}

static void add_probing(const struct verify_report_input *input, const struct probing *probing, struct buffer *out)
{
	add(input, "{\"probe\": ", probing->probe->id, out);
	if (probing->skipped.length) {
		add(input, ", \"result\": \"skipped\", \"reason\": ", probing->skipped, out);
	} else {
		add(input, ", \"request\": ", verify_request_words(input->arena, probing), out);
		add_answer(input, probing, out);
	}
	buffer_add_byte(out, '}');
}

static void add_client(const struct verify_report_input *input, const struct client *client, struct buffer *out)
{
	struct position position = {0, 0};
	if (client->thing.variable && client->thing.variable->entry)
		position = source_position(input->arena, client->thing.variable->entry->source,
		                           client->thing.variable->entry->key.start);
	add(input, "{\"path\": ", client->thing.file->source->path, out);
	buffer_format(out, ", \"line\": %u", position.line);
	if (client->refusal.length) {
		add(input, ", \"refused\": ", client->refusal, out);
		buffer_add_string(out, ", \"probes\": []}");
		return;
	}
	add(input, ", \"user\": ", client->user, out);
	add(input, ", \"url\": ", client_url(input->arena, client, client->path), out);
	buffer_add_string(out, ", \"probes\": [");
	for (size_t i = 0; i < client->verification->probe_count; i++) {
		buffer_add_string(out, i ? ",\n  " : "\n  ");
		add_probing(input, &client->probings[i], out);
	}
	buffer_add_string(out, "]}");
}

static void write_json(const struct verify_report_input *input, struct buffer *out)
{
	const struct verify_summary *summary = &input->summary;
	add(input, "{\"version\": ", text_of(input->version), out);
	buffer_add_string(out, ",\n\"clients\": [");
	for (size_t i = 0; i < input->clients->count; i++) {
		buffer_add_string(out, i ? ",\n" : "\n");
		add_client(input, &input->clients->items[i], out);
	}
	buffer_add_string(out, "]");
	add_unless_empty(input, ",\n\"fault\": ", input->fault, out);
	buffer_format(out,
	              ",\n\"summary\": {\"state\": \"%s\", \"passed\": %zu, \"failed\": %zu, \"warned\": %zu, \"skipped\": %zu, "
	              "\"refused\": %zu}}\n",
	              states[summary->state], summary->passed, summary->failed, summary->warned, summary->skipped,
	              summary->refused);
}

const struct verify_report verify_report_json = {"json", write_json};
