/* For people: one line for each question, and below it what its answer means. */
#include "report/terminal.h"
#include "verify/report.h"

static void add_note(struct buffer *out, const char *word, struct text sentence) {
	if (!sentence.length) return;
	buffer_format(out, "           %s", word);
	terminal_add_between(out, ": ", sentence, "\n");
}

static void add_finding(const struct verify_report_input *input, const struct diagnostic *finding, struct buffer *out) {
	struct position position = source_position(finding->place.source, finding->place.span.start);
	add_note(out, "found",
	         text_format(input->arena, "%s[%.*s] %.*s:%u:%u: %.*s", severity_name(finding->severity),
	                     TEXT_ARGUMENTS(finding->rule), TEXT_ARGUMENTS(finding->place.source->path), position.line,
	                     position.column, TEXT_ARGUMENTS(finding->message)));
}

static const char *const colours[] = {
	[PROBE_SKIPPED] = COLOUR_BOLD,
	[PROBE_PASSED] = COLOUR_GREEN,
	[PROBE_WARNED] = COLOUR_BOLD_YELLOW,
	[PROBE_FAILED] = COLOUR_BOLD_RED,
};

static void add_word(const struct verify_report_input *input, const struct probe_result *result, struct buffer *out) {
	enum probe_state state = probe_state(result);
	buffer_add_string(out, "  ");
	terminal_paint(out, input->colour, colours[state]);
	buffer_format(out, "%-7s", verify_probe_words[state]);
	terminal_unpaint(out, input->colour);
	buffer_add_string(out, "  ");
}

/* Of an earlier probe, or NULL. */
static bool says_the_same(const struct probe_result *result, const struct probe_result *before) {
	return before && before->failure_mode == result->failure_mode && text_equal(before->cause, result->cause);
}

static void add_result(const struct verify_report_input *input, const struct probe_result *result,
                       const struct probe_result *before, struct buffer *out) {
	add_word(input, result, out);
	if (result->skipped.length) {
		buffer_add(out, result->probe->id);
		terminal_add_between(out, ": ", result->skipped, "\n");
		return;
	}
	terminal_add(out, verify_request_words(input->arena, result));
	terminal_add_between(out, ": ", result->answer.outcome, "");
	if (result->answer.said.length && !result->passed &&
	    text_find(result->cause, result->answer.said) == TEXT_NOT_FOUND)
		terminal_add_between(out, " \"", result->answer.said, "\"");
	buffer_format(out, " (%u ms)", result->milliseconds);
	if (result->passed && result->title.length)
		terminal_add_between(out, ": ", result->title, "");
	buffer_add_byte(out, '\n');
	if (result->passed) return;
	bool same = says_the_same(result, before);
	add_note(out, "cause", same ? TEXT("as above") : result->cause);
	if (same) return;
	add_note(out, "help", result->help);
	for (size_t i = 0; i < result->findings.count; i++)
		add_finding(input, result->findings.items[i], out);
}

static void add_client(const struct verify_report_input *input, const struct client *client, struct buffer *out) {
	terminal_paint(out, input->colour, COLOUR_BOLD);
	terminal_add(out, client->subject.file->source->path);
	terminal_unpaint(out, input->colour);
	if (client->refusal.length) {
		terminal_add_between(out, ": not verified: ", client->refusal, "\n");
		return;
	}
	terminal_add_between(out, ": ", client->user, " at ");
	terminal_add_between(out, "", client_url(input->arena, client, client->path), "\n");
	const struct probe_result *failed = NULL;
	for (size_t i = 0; i < client->verification->probes.count; i++) {
		const struct probe_result *result = &client->results[i];
		if (result->probe->call && !result->answer.outcome.length) continue;
		add_result(input, result, failed, out);
		if (!result->skipped.length && !result->passed)
			failed = result;
	}
}

static void write_text(const struct verify_report_input *input, struct buffer *out) {
	for (size_t i = 0; i < input->clients->count; i++) {
		add_client(input, &input->clients->items[i], out);
		buffer_add_byte(out, '\n');
	}
	const size_t *probes = input->summary.probes;
	buffer_format(out, "%zu passed, %zu failed, %zu warned, %zu skipped", probes[PROBE_PASSED], probes[PROBE_FAILED],
	              probes[PROBE_WARNED], probes[PROBE_SKIPPED]);
	if (input->summary.refused)
		buffer_format(out, "; %zu not verified", input->summary.refused);
	buffer_add_byte(out, '\n');
}

const struct verify_report verify_report_text = {"text", write_text};
