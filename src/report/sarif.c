#include "base/map.h"
#include "report/identity.h"
#include "report/notes.h"
#include "report/place.h"
#include "report/remedy.h"

/* https://docs.oasis-open.org/sarif/sarif/v2.1.0/: what code scanners of GitHub, GitLab, Azure and editors read. */
#define SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"

static const char *const levels[] = {[SEVERITY_INFO] = "note", [SEVERITY_WARNING] = "warning", [SEVERITY_ERROR] = "error"};

struct sarif {
	const struct report_input *input;
	struct json json;
	struct map numbers;     /* a rule's id -> its place in the list of rules, counted from 1 */
};

static void add_message(struct sarif *sarif, const char *key, struct text text) {
	json_object(&sarif->json, key);
	json_text(&sarif->json, "text", text);
	json_end(&sarif->json);
}

static void add_message_if_any(struct sarif *sarif, const char *key, struct text text) {
	text = text_trim(text, " \n");
	if (text.length)
		add_message(sarif, key, text);
}

/* --- rules --- */

static const struct rule *find_rule(const struct report_input *input, struct text id) {
	for (size_t i = 0; input->packs && i < input->packs->count; i++) {
		const struct pack *pack = input->packs->items[i];
		for (size_t j = 0; j < pack->rules.count; j++)
			if (text_equal(pack->rules.items[j].id, id))
				return &pack->rules.items[j];
	}
	return NULL;
}

static struct text spelled(const struct sarif *sarif, const struct message *message) {
	const struct template *template = message_in(message, sarif->input->language);
	return template ? template->spelled : TEXT("");
}

static struct text help_of(const struct sarif *sarif, const struct rule *rule) {
	struct text docs = text_trim(words_in(&rule->docs, sarif->input->language), "\n");
	return docs.length ? docs : spelled(sarif, &rule->title);
}

static void add_rule(struct sarif *sarif, struct text id) {
	const struct rule *rule = find_rule(sarif->input, id);
	struct json *json = &sarif->json;
	json_object(json, NULL);
	json_text(json, "id", id);
	if (rule) {
		add_message_if_any(sarif, "shortDescription", spelled(sarif, &rule->title));
		add_message_if_any(sarif, "fullDescription", help_of(sarif, rule));
		add_message_if_any(sarif, "help", help_of(sarif, rule));
		json_object(json, "defaultConfiguration");
		json_text(json, "level", text_of(levels[rule->severity]));
		json_end(json);
	}
	json_end(json);
}

/* Those that have found something. */
static void add_rules(struct sarif *sarif) {
	const struct diagnostics *diagnostics = sarif->input->diagnostics;
	json_rows(&sarif->json, "rules", 0);
	for (size_t i = 0; i < diagnostics->found.count; i++) {
		size_t *number = map_place(sarif->input->arena, &sarif->numbers, diagnostics->found.items[i].rule, sizeof(size_t));
		if (*number) continue;
		*number = sarif->numbers.count;
		add_rule(sarif, diagnostics->found.items[i].rule);
	}
	json_end(&sarif->json);
}

static void add_tool(struct sarif *sarif) {
	struct json *json = &sarif->json;
	json_row(json, "tool");
	json_object(json, "driver");
	json_text(json, "name", TEXT("arilint"));
	json_text(json, "version", text_of(sarif->input->version));
	json_text(json, "semanticVersion", text_of(sarif->input->version));
	add_rules(sarif);
	json_end(json);
	json_end(json);
}

/* --- places --- */

static void add_region(struct sarif *sarif, const char *key, struct place place) {
	struct region region = place_region(place);
	json_object(&sarif->json, key);
	json_number(&sarif->json, "startLine", region.start.line);
	json_number(&sarif->json, "startColumn", region.start.column);
	json_number(&sarif->json, "endLine", region.end.line);
	json_number(&sarif->json, "endColumn", region.end.column);
	json_end(&sarif->json);
}

static void add_artifact(struct sarif *sarif, const char *key, struct place place) {
	json_object(&sarif->json, key);
	json_text(&sarif->json, "uri", place_uri(sarif->input->arena, place));
	json_end(&sarif->json);
}

static void add_physical(struct sarif *sarif, struct place place) {
	json_object(&sarif->json, "physicalLocation");
	add_artifact(sarif, "artifactLocation", place);
	if (!place_is_whole_file(place))
		add_region(sarif, "region", place);
	json_end(&sarif->json);
}

static void add_location(struct sarif *sarif, struct place place, const struct identity *identity) {
	struct json *json = &sarif->json;
	json_list(json, "locations");
	json_object(json, NULL);
	add_physical(sarif, place);
	if (identity->section.length || identity->key.length) {
		json_list(json, "logicalLocations");
		json_object(json, NULL);
		json_text(json, "fullyQualifiedName", text_format(sarif->input->arena, "%.*s%s%.*s", TEXT_ARGUMENTS(identity->section),
		                                                  identity->section.length && identity->key.length ? "." : "",
		                                                  TEXT_ARGUMENTS(identity->key)));
		json_end(json);
		json_end(json);
	}
	json_end(json);
	json_end(json);
}

static void add_related(struct sarif *sarif, const struct diagnostic *diagnostic) {
	struct json *json = &sarif->json;
	if (!diagnostic->labels.count) return;
	json_list(json, "relatedLocations");
	for (size_t i = 0; i < diagnostic->labels.count && i < PLACE_MOST_LABELS; i++) {
		json_object(json, NULL);
		json_number(json, "id", i + 1);
		add_physical(sarif, diagnostic->labels.items[i].place);
		add_message_if_any(sarif, "message", diagnostic->labels.items[i].message);
		json_end(json);
	}
	json_end(json);
}

/* --- fixes --- */

static void add_replacement(struct sarif *sarif, const struct edit *edit) {
	json_object(&sarif->json, NULL);
	add_region(sarif, "deletedRegion", (struct place){edit->source, edit->span});
	add_message(sarif, "insertedContent", edit->replacement);
	json_end(&sarif->json);
}

static bool is_first_of_source(const struct fix *fix, size_t number) {
	for (size_t i = 0; i < number; i++)
		if (fix->edits.items[i].source == fix->edits.items[number].source) return false;
	return true;
}

/* The edits, file by file. */
static void add_changes(struct sarif *sarif, const struct fix *fix) {
	struct json *json = &sarif->json;
	json_list(json, "artifactChanges");
	for (size_t i = 0; i < fix->edits.count; i++) {
		if (!is_first_of_source(fix, i)) continue;
		json_object(json, NULL);
		add_artifact(sarif, "artifactLocation", (struct place){fix->edits.items[i].source, {0}});
		json_list(json, "replacements");
		for (size_t j = i; j < fix->edits.count; j++)
			if (fix->edits.items[j].source == fix->edits.items[i].source)
				add_replacement(sarif, &fix->edits.items[j]);
		json_end(json);
		json_end(json);
	}
	json_end(json);
}

static void add_fixes(struct sarif *sarif, const struct fix *fix) {
	struct arena *arena = sarif->input->arena;
	struct json *json = &sarif->json;
	if (!remedy_is_told(arena, fix)) return;
	json_list(json, "fixes");
	json_object(json, NULL);
	add_message(sarif, "description", text_format(arena, "%.*s (%s)", TEXT_ARGUMENTS(fix->title), safety_name(fix->safety)));
	add_changes(sarif, fix);
	json_end(json);
	json_end(json);
}

/* --- results --- */

static void add_properties(struct sarif *sarif, const struct diagnostic *diagnostic) {
	struct json *json = &sarif->json;
	if (!diagnostic->effect.length && !diagnostic->fix) return;
	json_object(json, "properties");
	json_text_if_any(json, "effect", diagnostic->effect);
	if (diagnostic->fix)
		json_text(json, "fix", text_of(safety_name(diagnostic->fix->safety)));
	json_end(json);
}

static void add_result(struct sarif *sarif, const struct diagnostic *diagnostic, const struct identity *identity) {
	struct arena *arena = sarif->input->arena;
	struct json *json = &sarif->json;
	const size_t *number = map_get(&sarif->numbers, diagnostic->rule);
	json_object(json, NULL);
	json_text(json, "ruleId", diagnostic->rule);
	json_number(json, "ruleIndex", *number - 1);
	json_text(json, "level", text_of(levels[diagnostic->severity]));
	add_message(sarif, "message", notes_with_message(arena, diagnostic));
	add_location(sarif, diagnostic->place, identity);
	add_related(sarif, diagnostic);
	json_object(json, "partialFingerprints");
	json_text(json, "arilint/v1", identity_fingerprint(arena, identity));
	json_end(json);
	add_fixes(sarif, diagnostic->fix);
	add_properties(sarif, diagnostic);
	json_end(json);
}

static void add_results(struct sarif *sarif) {
	const struct diagnostics *diagnostics = sarif->input->diagnostics;
	struct identity *identities = identities_of(sarif->input->arena, diagnostics);
	json_rows(&sarif->json, "results", 0);
	for (size_t i = 0; i < diagnostics->found.count; i++)
		add_result(sarif, &diagnostics->found.items[i], &identities[i]);
	json_end(&sarif->json);
}

/* --- the run --- */

static bool was_changed(const struct report_input *input, struct text path) {
	for (size_t i = 0; i < input->change_count; i++)
		if (text_equal(input->changes[i].path, path)) return true;
	return false;
}

static void add_artifacts(struct sarif *sarif) {
	const struct report_input *input = sarif->input;
	struct json *json = &sarif->json;
	if (!input->file_count) return;
	json_rows(json, "artifacts", 0);
	for (size_t i = 0; i < input->file_count; i++) {
		struct source source = {.path = input->files[i].path};
		json_object(json, NULL);
		add_artifact(sarif, "location", (struct place){&source, {0}});
		json_list(json, "roles");
		json_text(json, NULL, TEXT("analysisTarget"));
		if (was_changed(input, source.path))
			json_text(json, NULL, TEXT("modified"));
		json_end(json);
		json_end(json);
	}
	json_end(json);
}

static bool is_complete(const struct diagnostics *diagnostics) {
	for (size_t i = 0; i < diagnostics->found.count; i++)
		if (diagnostics->found.items[i].unread) return false;
	return true;
}

/* What could not be judged is no result: it is told beside them. */
static void add_invocation(struct sarif *sarif) {
	const struct diagnostics *diagnostics = sarif->input->diagnostics;
	struct json *json = &sarif->json;
	json_line(json);
	json_list(json, "invocations");
	json_object(json, NULL);
	json_truth(json, "executionSuccessful", is_complete(diagnostics));
	json_rows(json, "toolExecutionNotifications", 0);
	for (size_t i = 0; i < diagnostics->skipped.count; i++) {
		json_object(json, NULL);
		json_text(json, "level", TEXT("note"));
		add_message(sarif, "message", text_format(sarif->input->arena, "%.*s was not evaluated: %.*s",
		                                          TEXT_ARGUMENTS(diagnostics->skipped.items[i].rule),
		                                          TEXT_ARGUMENTS(diagnostics->skipped.items[i].reason)));
		json_end(json);
	}
	json_end(json);
	json_end(json);
	json_end(json);
}

static void write_sarif(const struct report_input *input, struct buffer *out) {
	struct sarif sarif = {.input = input, .json = {.out = out}};
	struct json *json = &sarif.json;
	json_object(json, NULL);
	json_text(json, "$schema", TEXT(SCHEMA));
	json_text(json, "version", TEXT("2.1.0"));
	json_list(json, "runs");
	json_object(json, NULL);
	add_tool(&sarif);
	add_invocation(&sarif);
	json_row(json, "automationDetails");
	json_text(json, "id", TEXT("arilint/"));
	json_end(json);
	json_text(json, "columnKind", TEXT("unicodeCodePoints"));
	add_artifacts(&sarif);
	add_results(&sarif);
	json_end(json);
	json_end(json);
	json_end(json);
	buffer_add_byte(out, '\n');
}

const struct report report_sarif = {"sarif", write_sarif};
