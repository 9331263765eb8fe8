#include "report/identity.h"
#include "report/notes.h"
#include "report/place.h"

/* A report of GitLab's code quality, which is one of Code Climate's without what GitLab does not ask for. */
static const char *const severities[] = {[SEVERITY_INFO] = "info", [SEVERITY_WARNING] = "minor", [SEVERITY_ERROR] = "major"};

static void add_location(const struct report_input *input, const char *key, struct place place, struct json *json) {
	struct region region = place_region(place);
	json_object(json, key);
	json_text(json, "path", place_path(place));
	json_object(json, "lines");
	json_number(json, "begin", region.start.line);
	json_number(json, "end", region.end.line);
	json_end(json);
	json_end(json);
}

static void add_issue(const struct report_input *input, const struct diagnostic *diagnostic,
                      const struct identity *identity, struct json *json) {
	json_object(json, NULL);
	json_text(json, "type", TEXT("issue"));
	json_text(json, "check_name", diagnostic->rule);
	json_text(json, "description", diagnostic->message);
	json_object(json, "content");
	json_text(json, "body", notes_with_message(input->arena, diagnostic));
	json_end(json);
	json_list(json, "categories");
	json_text(json, NULL, TEXT("Bug Risk"));
	json_end(json);
	json_text(json, "severity", text_of(severities[diagnostic->severity]));
	json_text(json, "fingerprint", identity_fingerprint(input->arena, identity));
	add_location(input, "location", diagnostic->place, json);
	if (diagnostic->labels.count) {
		json_list(json, "other_locations");
		for (size_t i = 0; i < diagnostic->labels.count && i < PLACE_MOST_LABELS; i++)
			add_location(input, NULL, diagnostic->labels.items[i].place, json);
		json_end(json);
	}
	json_end(json);
}

static void write_gitlab(const struct report_input *input, struct buffer *out) {
	struct json json = {.out = out};
	struct identity *identities = identities_of(input->arena, input->diagnostics);
	json_rows(&json, NULL, 1);
	for (size_t i = 0; i < input->diagnostics->found.count; i++)
		add_issue(input, &input->diagnostics->found.items[i], &identities[i], &json);
	json_end(&json);
	buffer_add_byte(out, '\n');
}

const struct report report_gitlab = {"gitlab", write_gitlab};
