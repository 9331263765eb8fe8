/* For Nagios, Icinga and their like: one line, `STATE - text|performance data`. */
#include "report/terminal.h"
#include "verify/report.h"

static const char *const states[] = {
	[VERIFY_PASSED] = "OK", [VERIFY_WARNED] = "WARNING", [VERIFY_FAILED] = "CRITICAL", [VERIFY_UNKNOWN] = "UNKNOWN"};

/* A "|" would begin the performance data. */
static void add_shown(struct buffer *out, const char *before, struct text text) {
	size_t start = out->length;
	terminal_add_between(out, before, text, "");
	for (size_t i = start; i < out->length; i++)
		if (out->bytes[i] == '|')
			out->bytes[i] = '/';
}

static void add_client(const struct client *client, struct buffer *out) {
	if (client->refusal.length) {
		add_shown(out, "; ", client->subject.file->source->path);
		add_shown(out, " not verified: ", client->refusal);
		return;
	}
	for (size_t i = 0; i < client->verification->probes.count; i++) {
		const struct probe_result *result = &client->results[i];
		if (result->skipped.length || result->passed) continue;
		buffer_format(out, "; %.*s %.*s: ", TEXT_ARGUMENTS(result->probe->id), TEXT_ARGUMENTS(result->answer.outcome));
		add_shown(out, "", result->cause);
	}
}

static void add_performance(const struct verify_report_input *input, struct buffer *out) {
	const char *before = "|";
	for (size_t i = 0; i < input->clients->count; i++) {
		const struct client *client = &input->clients->items[i];
		for (size_t j = 0; j < client->verification->probes.count; j++) {
			const struct probe_result *result = &client->results[j];
			if (!client_asks(client, result)) continue;
			buffer_format(out, "%s%.*s", before, TEXT_ARGUMENTS(result->probe->id));
			if (input->clients->count > 1)
				buffer_format(out, "_%zu", i + 1);
			buffer_format(out, "=%u.%03us", result->milliseconds / 1000, result->milliseconds % 1000);
			before = " ";
		}
	}
}

static void write_nagios(const struct verify_report_input *input, struct buffer *out) {
	const size_t *probes = input->summary.probes;
	buffer_format(out, "ARILINT %s - %zu passed, %zu failed, %zu warned", states[input->summary.state],
	              probes[PROBE_PASSED], probes[PROBE_FAILED], probes[PROBE_WARNED]);
	if (input->fault.length)
		add_shown(out, "; ", input->fault);
	for (size_t i = 0; i < input->clients->count; i++)
		add_client(&input->clients->items[i], out);
	add_performance(input, out);
	buffer_add_byte(out, '\n');
}

const struct verify_report verify_report_nagios = {"nagios", write_nagios};
