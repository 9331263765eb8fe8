/* The diagnosis for programs. */
#include "command/diagnosis.h"
#include "report/report.h"

static void add_logs(const struct diagnosis_report *report, struct json *json) {
	json_rows(json, "logs", 0);
	for (size_t i = 0; i < report->logs.count; i++) {
		const struct diagnosed_log *log = &report->logs.items[i];
		json_object(json, NULL);
		json_text(json, "path", log->path);
		json_number(json, "lines", log->lines);
		json_text_or_null(json, "fault", log->fault);
		json_end(json);
	}
	json_end(json);
}

static void add_explanation(const struct diagnosis_report *report, const struct explanation *explanation, struct json *json) {
	const struct diagnostic *finding = explanation->finding;
	json_object(json, NULL);
	json_text(json, "rule", finding->rule);
	json_text(json, "severity", text_of(severity_name(finding->severity)));
	json_text_or_null(json, "effect", finding->effect);
	report_add_place(finding->place, json);
	json_text(json, "message", finding->message);
	json_truth(json, "certain", explanation->certain);
	json_end(json);
}

static void add_names(const struct diagnosis *diagnosis, struct json *json) {
	json_object(json, "names");
	for (size_t i = 0; i < diagnosis->names.count; i++) {
		const struct named *named = &diagnosis->names.items[i];
		json_text(json, text_string(json->out->arena, named->name), named->text);
	}
	json_end(json);
}

static void add_last(const struct diagnosis *diagnosis, struct json *json) {
	const struct log_match *match = diagnosis->match;
	json_object(json, "last");
	json_text(json, "path", match->log);
	json_number(json, "line", match->number);
	json_text_or_null(json, "time", match->entry.time);
	json_text(json, "text", diagnosis->line);
	json_end(json);
}

static void add_diagnosis(const struct diagnosis_report *report, const struct diagnosis *diagnosis, struct json *json) {
	const struct symptom *symptom = diagnosis->match->symptom;
	json_object(json, NULL);
	json_text(json, "symptom", symptom->id);
	json_text_or_null(json, "source", symptom->source);
	json_text_or_null(json, "effect", symptom->effect);
	json_text(json, "title", diagnosis->title);
	json_text(json, "message", diagnosis->message);
	json_text_or_null(json, "help", diagnosis->help);
	add_names(diagnosis, json);
	json_number(json, "count", diagnosis->match->count);
	add_last(diagnosis, json);
	json_list(json, "explained_by");
	for (size_t i = 0; i < diagnosis->findings.count; i++)
		add_explanation(report, &diagnosis->findings.items[i], json);
	json_end(json);
	json_end(json);
}

static void add_summary(const struct diagnosis_report *report, struct json *json) {
	json_row(json, "summary");
	json_number(json, "lines", report->lines);
	json_number(json, "given_up", report->given_up);
	json_number(json, "not_told_apart", report->not_told_apart);
	json_number(json, "symptoms", report->found.count);
	json_number(json, "files", report->file_count);
	json_number(json, "fixable", report->fixable);
	json_end(json);
}

void diagnosis_write_json(const struct diagnosis_report *report, struct buffer *out) {
	struct json json = {.out = out};
	json_object(&json, NULL);
	json_text(&json, "version", text_of(report->version));
	add_logs(report, &json);
	json_rows(&json, "symptoms", 0);
	for (size_t i = 0; i < report->found.count; i++)
		add_diagnosis(report, &report->found.items[i], &json);
	json_end(&json);
	add_summary(report, &json);
	json_end(&json);
	buffer_add_byte(out, '\n');
}
