/* For programs. */
#include "report/report.h"
#include "verify/report.h"

static const char *const states[] = {
	[VERIFY_PASSED] = "passed", [VERIFY_WARNED] = "warned", [VERIFY_FAILED] = "failed", [VERIFY_UNKNOWN] = "unknown"};

static void add_findings(const struct verify_report_input *input, const struct probe_result *result, struct json *json) {
	json_list(json, "findings");
	for (size_t i = 0; i < result->findings.count; i++) {
		const struct diagnostic *finding = result->findings.items[i];
		json_object(json, NULL);
		json_text(json, "rule", finding->rule);
		json_text(json, "severity", text_of(severity_name(finding->severity)));
		report_add_place(finding->place, json);
		json_text(json, "message", finding->message);
		json_end(json);
	}
	json_end(json);
}

static void add_answer(const struct verify_report_input *input, const struct probe_result *result, struct json *json) {
	const struct answer *answer = &result->answer;
	json_text(json, "outcome", answer->outcome);
	json_number(json, "milliseconds", result->milliseconds);
	json_text_if_any(json, "server", answer->server);
	if (result->passed) return;
	json_text_if_any(json, "realm", answer->realm);
	json_text_if_any(json, "location", answer->location);
	json_text_if_any(json, "said", answer->said);
	json_text_if_any(json, "missing", answer->missing);
	json_text_if_any(json, "detail", answer->detail);
	if (result->failure_mode && result->failure_mode->effects.count)
		json_text(json, "effect", result->failure_mode->effects.items[0]);
	json_text(json, "cause", result->cause);
	json_text_if_any(json, "help", result->help);
	add_findings(input, result, json);
}

static void add_result(const struct verify_report_input *input, const struct probe_result *result, struct json *json) {
	json_object(json, NULL);
	json_text(json, "probe", result->probe->id);
	if (!result->skipped.length)
		json_text(json, "request", verify_request_words(input->arena, result));
	json_text(json, "result", text_of(verify_probe_words[probe_state(result)]));
	if (result->skipped.length)
		json_text(json, "reason", result->skipped);
	else
		add_answer(input, result, json);
	json_end(json);
}

static void add_client(const struct verify_report_input *input, const struct client *client, struct json *json) {
	struct position position = {0, 0};
	size_t probes = client->refusal.length ? 0 : client->verification->probes.count;
	if (client->subject.variable && client->subject.variable->entry)
		position = source_position(client->subject.variable->entry->source,
		                           client->subject.variable->entry->key.start);
	json_object(json, NULL);
	json_text(json, "path", client->subject.file->source->path);
	json_number(json, "line", position.line);
	if (client->refusal.length) {
		json_text(json, "refused", client->refusal);
	} else {
		json_text(json, "user", client->user);
		json_text(json, "url", client_url(input->arena, client, client->path));
	}
	json_rows(json, "probes", 2);
	for (size_t i = 0; i < probes; i++)
		add_result(input, &client->results[i], json);
	json_end(json);
	json_end(json);
}

static void add_summary(const struct verify_summary *summary, struct json *json) {
	json_row(json, "summary");
	json_text(json, "state", text_of(states[summary->state]));
	json_number(json, "passed", summary->probes[PROBE_PASSED]);
	json_number(json, "failed", summary->probes[PROBE_FAILED]);
	json_number(json, "warned", summary->probes[PROBE_WARNED]);
	json_number(json, "skipped", summary->probes[PROBE_SKIPPED]);
	json_number(json, "refused", summary->refused);
	json_end(json);
}

static void write_json(const struct verify_report_input *input, struct buffer *out) {
	struct json json = {.out = out};
	json_object(&json, NULL);
	json_text(&json, "version", text_of(input->version));
	json_rows(&json, "clients", 0);
	for (size_t i = 0; i < input->clients->count; i++)
		add_client(input, &input->clients->items[i], &json);
	json_end(&json);
	if (input->fault.length) {
		json_line(&json);
		json_text(&json, "fault", input->fault);
	}
	add_summary(&input->summary, &json);
	json_end(&json);
	buffer_add_byte(out, '\n');
}

const struct verify_report verify_report_json = {"json", write_json};
