#include "report/notes.h"
#include "report/place.h"
#include "report/remedy.h"

/* The diagnostic format of reviewdog, which counts columns in bytes. */
static const char *const severities[] = {
	[SEVERITY_INFO] = "INFO", [SEVERITY_WARNING] = "WARNING", [SEVERITY_ERROR] = "ERROR"};

static void add_position(const struct report_input *input, const char *key, struct source *source, uint32_t offset,
                         struct json *json) {
	uint32_t line = source_position(source, offset).line;
	json_object(json, key);
	json_number(json, "line", line);
	json_number(json, "column", offset - source_line(source, line).start + 1);
	json_end(json);
}

static void add_range(const struct report_input *input, struct place place, struct json *json) {
	json_object(json, "range");
	add_position(input, "start", place.source, place.span.start, json);
	add_position(input, "end", place.source, place.span.end, json);
	json_end(json);
}

static void add_location(const struct report_input *input, struct place place, struct json *json) {
	json_object(json, "location");
	json_text(json, "path", place_path(place));
	if (!place_is_whole_file(place))
		add_range(input, place, json);
	json_end(json);
}

/* Suggestions are taken one by one, and nobody is asked whether they are safe. */
static void add_suggestion(const struct report_input *input, const struct diagnostic *diagnostic, struct json *json) {
	const struct fix *fix = diagnostic->fix;
	if (!fix || fix->safety != SAFETY_SAFE || fix->edits.count != 1 || !remedy_is_told(input->arena, fix)) return;
	const struct edit *edit = &fix->edits.items[0];
	if (edit->source != diagnostic->place.source) return;
	json_list(json, "suggestions");
	json_object(json, NULL);
	add_range(input, (struct place){edit->source, edit->span}, json);
	json_text(json, "text", edit->replacement);
	json_end(json);
	json_end(json);
}

static void add_related(const struct report_input *input, const struct diagnostic *diagnostic, struct json *json) {
	if (!diagnostic->labels.count) return;
	json_list(json, "related_locations");
	for (size_t i = 0; i < diagnostic->labels.count && i < PLACE_MOST_LABELS; i++) {
		json_object(json, NULL);
		json_text(json, "message", diagnostic->labels.items[i].message);
		add_location(input, diagnostic->labels.items[i].place, json);
		json_end(json);
	}
	json_end(json);
}

static void add_diagnostic(const struct report_input *input, const struct diagnostic *diagnostic, struct json *json) {
	json_object(json, NULL);
	json_text(json, "message", notes_with_message(input->arena, diagnostic));
	add_location(input, diagnostic->place, json);
	json_text(json, "severity", text_of(severities[diagnostic->severity]));
	json_object(json, "code");
	json_text(json, "value", diagnostic->rule);
	json_end(json);
	add_suggestion(input, diagnostic, json);
	add_related(input, diagnostic, json);
	json_end(json);
}

static void write_rdjson(const struct report_input *input, struct buffer *out) {
	struct json json = {.out = out};
	json_object(&json, NULL);
	json_object(&json, "source");
	json_text(&json, "name", TEXT("arilint"));
	json_end(&json);
	json_rows(&json, "diagnostics", 0);
	for (size_t i = 0; i < input->diagnostics->found.count; i++)
		add_diagnostic(input, &input->diagnostics->found.items[i], &json);
	json_end(&json);
	json_end(&json);
	buffer_add_byte(out, '\n');
}

const struct report report_rdjson = {"rdjson", write_rdjson};
