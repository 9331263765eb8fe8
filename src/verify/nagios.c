/* For Nagios, Icinga and their like: one line, `STATE - text|performance data`. */
#include "report/terminal.h"
#include "verify/report.h"

static const char *const states[] = {
	[VERIFY_PASSED] = "OK", [VERIFY_WARNED] = "WARNING", [VERIFY_FAILED] = "CRITICAL", [VERIFY_UNKNOWN] = "UNKNOWN"};

/* A "|" would begin the performance data. */
static void add_shown(struct buffer *out, struct text text)
{
	size_t start = out->length;
	terminal_add(out, text);
	for (size_t i = start; i < out->length; i++)
		if (out->bytes[i] == '|')
			out->bytes[i] = '/';
}

static void add_client(const struct client *client, struct buffer *out)
{
	if (client->refusal.length) {
		buffer_add_string(out, "; ");
		add_shown(out, client->thing.file->source->path);
		buffer_add_string(out, " not verified: ");
		add_shown(out, client->refusal);
		return;
	}
	for (size_t i = 0; i < client->verification->probes.count; i++) {
		const struct probe_result *result = &client->results[i];
		if (result->skipped.length || result->passed)
			continue;
		buffer_format(out, "; %.*s %.*s: ", TEXT_ARGUMENTS(result->probe->id),
		              TEXT_ARGUMENTS(result->answer.outcome));
		add_shown(out, result->cause);
	}
}

static void add_performance(const struct verify_report_input *input, struct buffer *out)
{
	const char *before = "|";
	for (size_t i = 0; i < input->clients->count; i++) {
		const struct client *client = &input->clients->items[i];
		for (size_t j = 0; !client->refusal.length && j < client->verification->probes.count; j++) {
			const struct probe_result *result = &client->results[j];
			if (result->skipped.length)
				continue;
			buffer_format(out, "%s%.*s", before, TEXT_ARGUMENTS(result->probe->id));
			if (input->clients->count > 1)
				buffer_format(out, "_%zu", i + 1);
			buffer_format(out, "=%u.%03us", result->milliseconds / 1000, result->milliseconds % 1000);
			before = " ";
		}
	}
}

static void write_nagios(const struct verify_report_input *input, struct buffer *out)
{
	buffer_format(out, "ARILINT %s - %zu passed, %zu failed, %zu warned", states[input->summary.state],
	              input->summary.passed, input->summary.failed, input->summary.warned);
	if (input->fault.length) {
		buffer_add_string(out, "; ");
		add_shown(out, input->fault);
	}
	for (size_t i = 0; i < input->clients->count; i++)
		add_client(&input->clients->items[i], out);
	add_performance(input, out);
	buffer_add_byte(out, '\n');
}

const struct verify_report verify_report_nagios = {"nagios", write_nagios};
