#include "lsp/publish.h"

#include <inttypes.h>

#include "base/path.h"
#include "lsp/location.h"
#include "lsp/range.h"
#include "lsp/uri.h"
#include "redact/redact.h"
#include "report/notes.h"

/* One list of diagnostics in the making. */
struct sheet {
	struct arena *arena;
	const struct client *client;
	struct workspace *workspace;
	struct analysis *analysis;
	struct json json;
};

static void add_label(struct sheet *sheet, const struct label *label) {
	json_object(&sheet->json, NULL);
	location_write(&sheet->json, "location", sheet->workspace, sheet->analysis, label->place);
	json_text(&sheet->json, "message", redact_output(sheet->arena, label->message));
	json_end(&sheet->json);
}

static void add_finding(struct sheet *sheet, const struct layout *layout, const struct diagnostic *finding) {
	struct json *json = &sheet->json;
	json_object(json, NULL);
	range_write(json, "range", layout, finding->place.span);
	json_number(json, "severity", 1 + (uint64_t)(SEVERITY_ERROR - finding->severity));
	json_text(json, "code", finding->rule);
	json_text(json, "source", TEXT("arilint"));
	json_text(json, "message", redact_output(sheet->arena, notes_with_message(sheet->arena, finding)));
	if (sheet->client->relates && finding->labels.count) {
		json_list(json, "relatedInformation");
		for (size_t i = 0; i < finding->labels.count; i++)
			add_label(sheet, &finding->labels.items[i]);
		json_end(json);
	}
	json_end(json);
}

static struct text absolute_of(const struct workspace *workspace, struct arena *arena, const struct source *source) {
	return path_absolute(arena, workspace->root.length ? workspace->root : path_here(), source->path);
}

/* Faults of configuration and packs in the file of that path. */
static void add_faults(struct sheet *sheet, struct text path) {
	const struct diagnostics *faults = &sheet->workspace->faults;
	for (size_t i = 0; path.length && i < faults->found.count; i++) {
		const struct source *source = faults->found.items[i].place.source;
		if (!text_equal(absolute_of(sheet->workspace, sheet->arena, source), path)) continue;
		struct layout layout = layout_make(sheet->arena, source->bytes, sheet->workspace->encoding);
		add_finding(sheet, &layout, &faults->found.items[i]);
	}
}

static void begin(struct sheet *sheet, struct buffer *out, struct text uri) {
	sheet->json = (struct json){.out = out};
	json_object(&sheet->json, NULL);
	json_text(&sheet->json, "uri", uri);
}

static void publish_document(struct client *client, struct workspace *workspace, struct document *document) {
	struct arena arena = {0};
	struct buffer out = {.arena = &arena}, version = {.arena = &arena};
	struct analysis *analysis = workspace_analysis(workspace);
	struct sheet sheet = {&arena, client, workspace, analysis, {0}};
	const struct source *source = analysis_source(workspace, analysis, document);
	begin(&sheet, &out, document->uri);
	json_list(&sheet.json, "diagnostics");
	for (size_t i = 0; source && i < analysis->diagnostics.found.count; i++)
		if (analysis->diagnostics.found.items[i].place.source == source)
			add_finding(&sheet, analysis_layout(analysis, source), &analysis->diagnostics.found.items[i]);
	add_faults(&sheet, document->path);
	json_end(&sheet.json);
	/* An editor moves what it shows along with what is typed: of a changed text all is said again. */
	if (document->changed || !text_equal(document->told, buffer_text(&out))) {
		document_tell(document, buffer_text(&out));
		buffer_format(&version, ", \"version\": %" PRId64 "}", document->version);
		buffer_add(&out, buffer_text(&version));
		client_notify(client, "textDocument/publishDiagnostics", buffer_text(&out));
	}
	arena_release(&arena);
}

void publish_nothing(struct client *client, struct text uri) {
	struct arena arena = {0};
	struct buffer out = {.arena = &arena};
	struct sheet sheet = {.arena = &arena};
	begin(&sheet, &out, uri);
	json_list(&sheet.json, "diagnostics");
	json_end(&sheet.json);
	json_end(&sheet.json);
	client_notify(client, "textDocument/publishDiagnostics", buffer_text(&out));
	arena_release(&arena);
}

/* --- the set-up --- */

static void publish_faults_of(struct sheet *sheet, struct client *client, struct text path) {
	struct buffer out = {.arena = sheet->arena};
	begin(sheet, &out, uri_of(sheet->arena, path));
	json_list(&sheet->json, "diagnostics");
	add_faults(sheet, path);
	json_end(&sheet->json);
	json_end(&sheet->json);
	client_notify(client, "textDocument/publishDiagnostics", buffer_text(&out));
}

static bool is_open(const struct workspace *workspace, struct text path) {
	const struct document *document = workspace->documents.first;
	while (document && !text_equal(document->path, path))
		document = document->next;
	return document;
}

/* Of files that are not open; those of which nothing is left to say are cleared. */
static void publish_faults(struct client *client, struct workspace *workspace, struct published *published) {
	struct arena arena = {0}, kept = {0};
	struct text_list uris = {0};
	struct sheet sheet = {&arena, client, workspace, workspace_analysis(workspace), {0}};
	for (size_t i = 0; i < workspace->faults.found.count; i++) {
		struct text path = absolute_of(workspace, &arena, workspace->faults.found.items[i].place.source);
		struct text uri = uri_of(&arena, path);
		if (is_open(workspace, path) || text_list_has(&uris, uri)) continue;
		*list_add(&kept, &uris) = text_copy(&kept, uri);
		if (!text_list_has(&published->uris, uri))
			publish_faults_of(&sheet, client, path);
	}
	for (size_t i = 0; i < published->uris.count; i++)
		if (!text_list_has(&uris, published->uris.items[i]))
			publish_nothing(client, published->uris.items[i]);
	arena_release(&published->arena);
	published->arena = kept;
	published->uris = uris;
	arena_release(&arena);
}

void publish_findings(struct client *client, struct workspace *workspace, struct published *published) {
	for (struct document *document = workspace->documents.first; document; document = document->next)
		publish_document(client, workspace, document);
	publish_faults(client, workspace, published);
}
