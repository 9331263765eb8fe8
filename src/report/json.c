#include "report/compared.h"
#include "redact/redact.h"
#include "report/report.h"

void report_add_place(struct place place, struct json *json) {
	struct position position = source_position(place.source, place.span.start);
	json_text(json, "path", place.source->path);
	json_number(json, "line", position.line);
	json_number(json, "column", position.column);
}

static void add_labels(const struct report_input *input, const struct diagnostic *diagnostic, struct json *json) {
	json_list(json, "labels");
	for (size_t i = 0; i < diagnostic->labels.count; i++) {
		const struct label *label = &diagnostic->labels.items[i];
		json_object(json, NULL);
		report_add_place(label->place, json);
		json_text(json, "message", label->message);
		json_end(json);
	}
	json_end(json);
}

static void add_edit(struct arena *arena, const struct edit *edit, struct json *json) {
	json_object(json, NULL);
	json_text(json, "path", edit->source->path);
	json_number(json, "start", edit->span.start);
	json_number(json, "end", edit->span.end);
	bool hidden = edit->secret || !text_equal(redact_words(arena, edit->replacement), edit->replacement);
	if (hidden)
		json_truth(json, "secret", true);
	else
		json_text(json, "text", edit->replacement);
	json_end(json);
}

static void add_fix(struct arena *arena, const struct fix *fix, struct json *json) {
	if (!fix) {
		json_null(json, "fix");
		return;
	}
	json_object(json, "fix");
	json_text(json, "safety", text_of(safety_name(fix->safety)));
	json_text(json, "title", fix->title);
	json_text_if_any(json, "withheld", fix->withheld);
	json_list(json, "edits");
	for (size_t i = 0; i < fix->edits.count; i++)
		add_edit(arena, &fix->edits.items[i], json);
	json_end(json);
	json_end(json);
}

static void add_diagnostic(const struct report_input *input, const struct diagnostic *diagnostic, struct json *json) {
	struct source *source = diagnostic->place.source;
	struct position end = source_position(source, diagnostic->place.span.end);
	json_object(json, NULL);
	json_text(json, "rule", diagnostic->rule);
	json_text(json, "severity", text_of(severity_name(diagnostic->severity)));
	json_text_or_null(json, "effect", diagnostic->effect);
	report_add_place(diagnostic->place, json);
	json_number(json, "end_line", end.line);
	json_number(json, "end_column", end.column);
	json_text(json, "message", diagnostic->message);
	json_text_if_any(json, "why", diagnostic->why);
	json_text_if_any(json, "help", diagnostic->help);
	json_text_if_any(json, "doubt", diagnostic->doubt);
	json_text_if_any(json, "targets", diagnostic->targets);
	add_labels(input, diagnostic, json);
	add_fix(input->arena, diagnostic->fix, json);
	json_end(json);
}

static void add_files(const struct report_input *input, struct json *json) {
	json_rows(json, "files", 0);
	for (size_t i = 0; i < input->file_count; i++) {
		json_object(json, NULL);
		json_text(json, "path", input->files[i].path);
		json_text(json, "role", input->files[i].role);
		json_end(json);
	}
	json_end(json);
}

static void add_diagnostics(const struct report_input *input, struct json *json) {
	json_rows(json, "diagnostics", 0);
	for (size_t i = 0; i < input->diagnostics->found.count; i++)
		add_diagnostic(input, &input->diagnostics->found.items[i], json);
	json_end(json);
}

static void add_not_evaluated(const struct report_input *input, struct json *json) {
	json_rows(json, "not_evaluated", 0);
	for (size_t i = 0; i < input->diagnostics->skipped.count; i++) {
		const struct not_evaluated *skipped = &input->diagnostics->skipped.items[i];
		json_object(json, NULL);
		json_text(json, "rule", skipped->rule);
		json_text(json, "reason", skipped->reason);
		json_end(json);
	}
	json_end(json);
}

static void add_changes(const struct report_input *input, struct json *json) {
	if (!input->before) return;
	json_rows(json, "changed", 0);
	for (size_t i = 0; i < input->change_count; i++) {
		struct text rest = input->changes[i].rules;
		json_object(json, NULL);
		json_text(json, "path", input->changes[i].path);
		json_list(json, "rules");
		while (rest.length)
			json_text(json, NULL, text_cut(&rest, ' '));
		json_end(json);
		json_end(json);
	}
	json_end(json);
}

static void add_pending(const struct report_input *input, struct json *json) {
	if (!input->pending_count) return;
	json_rows(json, "pending", 0);
	for (size_t i = 0; i < input->pending_count; i++) {
		const struct report_pending *pending = &input->pending[i];
		json_object(json, NULL);
		json_text(json, "run", pending->run);
		json_text(json, "time", pending->time);
		json_texts(json, "handlers", pending->handlers);
		json_end(json);
	}
	json_end(json);
}

static void add_steps(const struct report_input *input, struct json *json) {
	if (!input->steps) return;
	json_rows(json, "handlers", 0);
	for (size_t i = 0; i < input->steps->count; i++) {
		const struct report_step *step = &input->steps->items[i];
		json_object(json, NULL);
		json_text(json, "name", step->name);
		json_truth(json, "succeeded", step->succeeded);
		json_text_if_any(json, "reason", step->reason);
		json_end(json);
	}
	json_end(json);
	json_line(json);
	json_text(json, "state", input->state);
}

static void add_summary(const struct report_input *input, struct json *json) {
	json_row(json, "summary");
	json_number(json, "error", diagnostics_count(input->diagnostics, SEVERITY_ERROR));
	json_number(json, "warning", diagnostics_count(input->diagnostics, SEVERITY_WARNING));
	json_number(json, "info", diagnostics_count(input->diagnostics, SEVERITY_INFO));
	json_number(json, "fixed", input->fixed);
	if (input->known)
		json_number(json, "known", input->known);
	json_end(json);
}

/* For programs: the shape is public; one diagnostic a line. */
static void write_json(const struct report_input *input, struct buffer *out) {
	struct json json = {.out = out};
	json_object(&json, NULL);
	json_text(&json, "version", text_of(input->version));
	add_files(input, &json);
	add_diagnostics(input, &json);
	add_not_evaluated(input, &json);
	compared_add_json(input, &json);
	add_changes(input, &json);
	add_pending(input, &json);
	add_steps(input, &json);
	add_summary(input, &json);
	json_end(&json);
	buffer_add_byte(out, '\n');
}

const struct report report_json = {"json", write_json};
