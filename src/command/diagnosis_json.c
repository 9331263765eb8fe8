/* The diagnosis for programs: valid JSON in UTF-8. */
#include <inttypes.h>

#include "command/diagnosis.h"
#include "report/report.h"

static void add_member(const struct diagnosis_report *report, const char *name, struct text value, struct buffer *out)
{
	buffer_format(out, ", \"%s\": ", name);
	report_add_json(report->arena, value, out);
}

/* null for the empty text. */
static void add_optional(const struct diagnosis_report *report, const char *name, struct text value, struct buffer *out)
{
	if (value.length)
		add_member(report, name, value, out);
	else
		buffer_format(out, ", \"%s\": null", name);
}

static void add_logs(const struct diagnosis_report *report, struct buffer *out)
{
	buffer_add_string(out, ",\n\"logs\": [");
	for (size_t i = 0; i < report->logs.count; i++) {
		const struct diagnosed_log *log = &report->logs.items[i];
		buffer_add_string(out, i ? ",\n{\"path\": " : "\n{\"path\": ");
		report_add_json(report->arena, log->path, out);
		buffer_format(out, ", \"lines\": %" PRIu64, log->lines);
		add_optional(report, "fault", log->fault, out);
		buffer_add_byte(out, '}');
	}
	buffer_add_byte(out, ']');
}

static void add_finding(const struct diagnosis_report *report, const struct diagnostic *finding, struct buffer *out)
{
	struct position position = source_position(report->arena, finding->place.source, finding->place.span.start);
	buffer_add_string(out, "{\"rule\": ");
	report_add_json(report->arena, finding->rule, out);
	buffer_format(out, ", \"severity\": \"%s\"", severity_name(finding->severity));
	add_optional(report, "effect", finding->effect, out);
	add_member(report, "path", finding->place.source->path, out);
	buffer_format(out, ", \"line\": %u, \"column\": %u", position.line, position.column);
	add_member(report, "message", finding->message, out);
	buffer_add_byte(out, '}');
}

static void add_last(const struct diagnosis_report *report, const struct diagnosis *diagnosis, struct buffer *out)
{
	const struct sighting *sighting = diagnosis->sighting;
	buffer_add_string(out, ", \"last\": {\"path\": ");
	report_add_json(report->arena, sighting->log, out);
	buffer_format(out, ", \"line\": %" PRIu64, sighting->number);
	add_optional(report, "time", sighting->entry.time, out);
	add_member(report, "text", diagnosis->line, out);
	buffer_add_byte(out, '}');
}

static void add_diagnosis(const struct diagnosis_report *report, const struct diagnosis *diagnosis, struct buffer *out)
{
	const struct symptom *symptom = diagnosis->sighting->symptom;
	buffer_add_string(out, "{\"symptom\": ");
	report_add_json(report->arena, symptom->id, out);
	add_optional(report, "source", symptom->source, out);
	add_optional(report, "effect", symptom->effect, out);
	add_member(report, "title", diagnosis->title, out);
	add_member(report, "message", diagnosis->message, out);
	add_optional(report, "help", diagnosis->help, out);
	buffer_format(out, ", \"count\": %" PRIu64, diagnosis->sighting->count);
	add_last(report, diagnosis, out);
	buffer_add_string(out, ", \"explained_by\": [");
	for (size_t i = 0; i < diagnosis->findings.count; i++) {
		buffer_add_string(out, i ? ", " : "");
		add_finding(report, diagnosis->findings.items[i], out);
	}
	buffer_add_string(out, "]}");
}

void diagnosis_write_json(const struct diagnosis_report *report, struct buffer *out)
{
	buffer_add_string(out, "{\"version\": ");
	report_add_json(report->arena, text_of(report->version), out);
	add_logs(report, out);
	buffer_add_string(out, ",\n\"symptoms\": [");
	for (size_t i = 0; i < report->found.count; i++) {
		buffer_add_string(out, i ? ",\n" : "\n");
		add_diagnosis(report, &report->found.items[i], out);
	}
	buffer_format(out,
	              "],\n\"summary\": {\"lines\": %" PRIu64 ", \"given_up\": %" PRIu64
	              ", \"symptoms\": %zu, \"files\": %zu, \"fixable\": %zu}}\n",
	              report->lines, report->given_up, report->found.count, report->file_count, report->fixable);
}
