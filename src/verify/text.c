/* For people: one line for each question, and below it what its answer means. */
#include "report/terminal.h"
#include "verify/report.h"

static void add_note(struct buffer *out, const char *word, struct text sentence)
{
	if (!sentence.length)
		return;
	buffer_format(out, "           %s: ", word);
	terminal_add(out, sentence);
	buffer_add_byte(out, '\n');
}

static void add_finding(const struct verify_report_input *input, const struct diagnostic *finding, struct buffer *out)
{
	struct position position = source_position(input->arena, finding->place.source, finding->place.span.start);
	add_note(out, "found",
	         text_format(input->arena, "%s[%.*s] %.*s:%u:%u: %.*s", severity_name(finding->severity),
	                     TEXT_ARGUMENTS(finding->rule), TEXT_ARGUMENTS(finding->place.source->path), position.line,
	                     position.column, TEXT_ARGUMENTS(finding->message)));
}

static void add_word(const struct verify_report_input *input, const struct probing *probing, struct buffer *out)
{
	bool failed = !probing->passed && probing->probe->severity == SEVERITY_ERROR;
	const char *colour = probing->skipped.length ? COLOUR_BOLD
	                     : probing->passed       ? COLOUR_GREEN
	                     : failed                ? COLOUR_BOLD_RED
	                                             : COLOUR_BOLD_YELLOW;
	const char *word = probing->skipped.length ? "skipped" : probing->passed ? "passed" : failed ? "failed" : "warning";
	buffer_add_string(out, "  ");
	terminal_paint(out, input->colour, colour);
	buffer_format(out, "%-7s", word);
	terminal_unpaint(out, input->colour);
	buffer_add_string(out, "  ");
}

/* Of an earlier probe, or NULL. */
static bool says_the_same(const struct probing *probing, const struct probing *before)
{
	return before && before->meaning == probing->meaning && text_equal(before->cause, probing->cause);
}

static void add_probing(const struct verify_report_input *input, const struct probing *probing,
                        const struct probing *before, struct buffer *out)
{
	add_word(input, probing, out);
	if (probing->skipped.length) {
		buffer_format(out, "%.*s: ", TEXT_ARGUMENTS(probing->probe->id));
		terminal_add(out, probing->skipped);
		buffer_add_byte(out, '\n');
		return;
	}
	terminal_add(out, verify_request_words(input->arena, probing));
	buffer_add_string(out, ": ");
	terminal_add(out, probing->answer.outcome);
	if (probing->answer.said.length && !probing->passed &&
	    text_find(probing->cause, probing->answer.said) == TEXT_NOT_FOUND) {
		buffer_add_string(out, " \"");
		terminal_add(out, probing->answer.said);
		buffer_add_byte(out, '"');
	}
	buffer_format(out, " (%u ms)", probing->milliseconds);
	if (probing->passed && probing->title.length) {
		buffer_add_string(out, ": ");
		terminal_add(out, probing->title);
	}
	buffer_add_byte(out, '\n');
	if (probing->passed)
		return;
	if (says_the_same(probing, before)) {
		add_note(out, "cause", TEXT("as above"));
		return;
	}
	add_note(out, "cause", probing->cause);
	add_note(out, "help", probing->help);
	for (size_t i = 0; i < probing->findings.count; i++)
		add_finding(input, probing->findings.items[i], out);
}

static void add_client(const struct verify_report_input *input, const struct client *client, struct buffer *out)
{
	terminal_paint(out, input->colour, COLOUR_BOLD);
	terminal_add(out, client->thing.file->source->path);
	terminal_unpaint(out, input->colour);
	if (client->refusal.length) {
		buffer_add_string(out, ": not verified: ");
		terminal_add(out, client->refusal);
		buffer_add_byte(out, '\n');
		return;
	}
	buffer_add_string(out, ": ");
	terminal_add(out, client->user);
	buffer_add_string(out, " at ");
	terminal_add(out, client_url(input->arena, client, client->path));
	buffer_add_byte(out, '\n');
	const struct probing *failed = NULL;
	for (size_t i = 0; i < client->verification->probes.count; i++) {
		const struct probing *probing = &client->probings[i];
		if (probing->probe->call && !probing->answer.outcome.length)
			continue;
		add_probing(input, probing, failed, out);
		if (!probing->skipped.length && !probing->passed)
			failed = probing;
	}
}

static void write_text(const struct verify_report_input *input, struct buffer *out)
{
	for (size_t i = 0; i < input->clients->count; i++) {
		add_client(input, &input->clients->items[i], out);
		buffer_add_byte(out, '\n');
	}
	buffer_format(out, "%zu passed, %zu failed, %zu warned, %zu skipped", input->summary.passed, input->summary.failed,
	              input->summary.warned, input->summary.skipped);
	if (input->summary.refused)
		buffer_format(out, "; %zu not verified", input->summary.refused);
	buffer_add_byte(out, '\n');
}

const struct verify_report verify_report_text = {"text", write_text};
