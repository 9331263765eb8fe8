/* For Prometheus: the text format of exposition, as node_exporter's textfile collector takes it. */
#include <time.h>

#include "report/terminal.h"
#include "verify/report.h"

static void add_label(struct buffer *out, const char *before, struct text value) {
	struct buffer shown = {.arena = out->arena};
	terminal_add(&shown, value);
	buffer_format(out, "%s\"", before);
	for (size_t i = 0; i < shown.length; i++) {
		if (shown.bytes[i] == '"' || shown.bytes[i] == '\\')
			buffer_add_byte(out, '\\');
		buffer_add_byte(out, shown.bytes[i]);
	}
	buffer_add_byte(out, '"');
}

static void add_labels(struct buffer *out, const struct client *client) {
	add_label(out, "{file=", client->subject.file->source->path);
	add_label(out, ",key=", client->subject.variable ? client->subject.variable->name : TEXT(""));
}

static void begin(struct buffer *out, const char *name, const char *help) {
	buffer_format(out, "# HELP arilint_verify_%s %s\n# TYPE arilint_verify_%s gauge\n", name, help, name);
}

typedef void add_number(struct buffer *out, const struct probe_result *result);

static void add_success(struct buffer *out, const struct probe_result *result) {
	buffer_add_string(out, result->passed ? "1" : "0");
}

static void add_status(struct buffer *out, const struct probe_result *result) {
	int64_t status;
	bool known = text_to_integer(result->answer.outcome, &status);
	buffer_format(out, "%d", known ? (int)status : 0);
}

static void add_duration(struct buffer *out, const struct probe_result *result) {
	buffer_format(out, "%u.%03u", result->milliseconds / 1000, result->milliseconds % 1000);
}

static void add_each(const struct verify_report_input *input, const char *name, const char *help, add_number *number,
                     struct buffer *out) {
	begin(out, name, help);
	for (size_t i = 0; i < input->clients->count; i++) {
		const struct client *client = &input->clients->items[i];
		for (size_t j = 0; j < client->verification->probes.count; j++) {
			if (!client_asks(client, &client->results[j])) continue;
			buffer_format(out, "arilint_verify_%s", name);
			add_labels(out, client);
			add_label(out, ",probe=", client->results[j].probe->id);
			buffer_add_string(out, "} ");
			number(out, &client->results[j]);
			buffer_add_byte(out, '\n');
		}
	}
}

static void write_prometheus(const struct verify_report_input *input, struct buffer *out) {
	bool whole = input->summary.state == VERIFY_PASSED || input->summary.state == VERIFY_WARNED;
	begin(out, "success", "1 when everything that counts as an error was as it should be.");
	buffer_format(out, "arilint_verify_success %d\n", whole);
	begin(out, "last_run_timestamp_seconds", "When this was found out.");
	buffer_format(out, "arilint_verify_last_run_timestamp_seconds %lld\n", (long long)time(NULL));
	begin(out, "client_asked", "0 when nothing could be asked with the settings of a file.");
	for (size_t i = 0; i < input->clients->count; i++) {
		buffer_add_string(out, "arilint_verify_client_asked");
		add_labels(out, &input->clients->items[i]);
		buffer_format(out, "} %d\n", !input->clients->items[i].refusal.length);
	}
	add_each(input, "probe_success", "1 when the answer was the one expected.", add_success, out);
	add_each(input, "probe_status", "The status of the answer; 0 without one.", add_status, out);
	add_each(input, "probe_duration_seconds", "The time that the answer took.", add_duration, out);
}

const struct verify_report verify_report_prometheus = {"prometheus", write_prometheus};
