/* The diagnosis for people. */
#include <inttypes.h>

#include "command/diagnosis.h"
#include "diagnostic/effect.h"
#include "report/terminal.h"

enum { MOST_FINDINGS = 10 };

static const char *plural(uint64_t count) { return count == 1 ? "" : "s"; }

static void write_note(const char *name, struct text note, struct buffer *out) {
	if (!note.length) return;
	buffer_format(out, "  = %s: ", name);
	terminal_add_between(out, "", note, "\n");
}

/* "host 127.0.0.1, port 8088" */
static struct text list_names(struct arena *arena, const struct diagnosis *diagnosis) {
	struct buffer all = {.arena = arena};
	for (size_t i = 0; i < diagnosis->names.count; i++) {
		buffer_add_string(&all, i ? ", " : "");
		buffer_add(&all, diagnosis->names.items[i].name);
		buffer_add_byte(&all, ' ');
		buffer_add(&all, diagnosis->names.items[i].text);
	}
	return buffer_text(&all);
}

void diagnosis_write_match(const struct diagnosis_report *report, const struct diagnosis *diagnosis,
                              struct buffer *out) {
	const struct log_match *match = diagnosis->match;
	terminal_paint(out, report->colour, COLOUR_BOLD_RED);
	buffer_add_string(out, "symptom");
	terminal_unpaint(out, report->colour);
	terminal_add_between(out, "[", match->symptom->id, "]: ");
	terminal_add_between(out, "", diagnosis->title, "\n --> ");
	terminal_add(out, match->log);
	buffer_format(out, ":%" PRIu64, match->number);
	if (match->entry.time.length)
		terminal_add_between(out, ", at ", match->entry.time, "");
	if (match->count > 1)
		buffer_format(out, ", the last of %" PRIu64 " times", match->count);
	terminal_add_between(out, "\n  | ", diagnosis->line, "\n");
	write_note("names", list_names(report->arena, diagnosis), out);
	write_note("means", diagnosis->message, out);
	write_note("effect", effect_meaning(match->symptom->effect), out);
}

static void write_finding(const struct explanation *explanation, struct buffer *out) {
	const struct diagnostic *finding = explanation->finding;
	struct position position = source_position(finding->place.source, finding->place.span.start);
	terminal_add_between(out, explanation->certain ? "  = explained by: " : "  = may be explained by: ",
	                     finding->place.source->path, "");
	buffer_format(out, ":%u ", position.line);
	terminal_add(out, finding->rule);
	terminal_add_between(out, " ", finding->message, "\n");
}

static void write_explanation(const struct diagnosis_report *report, const struct diagnosis *diagnosis, struct buffer *out) {
	size_t count = diagnosis->findings.count, shown = count < MOST_FINDINGS ? count : MOST_FINDINGS;
	for (size_t i = 0; i < shown; i++)
		write_finding(&diagnosis->findings.items[i], out);
	if (shown < count)
		buffer_format(out, "  = explained by: %zu more findings; `arilint check` shows them\n", count - shown);
	if (!count && report->file_count)
		buffer_format(out, "  = not explained: nothing in the %zu configuration file%s that %s read explains it\n",
		              report->file_count, plural(report->file_count), report->file_count == 1 ? "was" : "were");
	else if (!count)
		buffer_add_string(out, "  = not explained: no configuration file was read; name them with --with PATH\n");
	if (diagnosis->help.length)
		write_note("help", diagnosis->help, out);
	else if (!count)
		write_note("help", TEXT("read the lines of the log around it"), out);
}

static void write_summary(const struct diagnosis_report *report, struct buffer *out) {
	if (report->given_up)
		buffer_format(out, "%" PRIu64 " line%s could not be searched within bounds\n", report->given_up,
		              plural(report->given_up));
	if (report->not_told_apart)
		buffer_format(out, "left out: %" PRIu64 " line%s of further addresses or users; of one symptom, %d are told apart\n",
		              report->not_told_apart, plural(report->not_told_apart), LOG_MOST_NAMED);
	if (report->found.count)
		buffer_format(out, "%zu symptom%s", report->found.count, plural(report->found.count));
	else
		buffer_add_string(out, "no symptom");
	buffer_format(out, " in %" PRIu64 " line%s of %zu log%s", report->lines, plural(report->lines), report->logs.count,
	              plural(report->logs.count));
	if (report->fixable)
		buffer_format(out, "; `arilint --fix` mends %zu of the findings that explain %s", report->fixable,
		              report->found.count == 1 ? "it" : "them");
	buffer_add_byte(out, '\n');
}

void diagnosis_write_text(const struct diagnosis_report *report, struct buffer *out) {
	for (size_t i = 0; i < report->found.count; i++) {
		diagnosis_write_match(report, &report->found.items[i], out);
		write_explanation(report, &report->found.items[i], out);
		buffer_add_byte(out, '\n');
	}
	write_summary(report, out);
}
