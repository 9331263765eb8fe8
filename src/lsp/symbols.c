/* The sections of a text with their keys. Values are not among them: a list of all of a file is no place for secrets. */
#include "lsp/location.h"
#include "lsp/method.h"
#include "lsp/point.h"
#include "lsp/range.h"
#include "redact/redact.h"

/* Of the protocol's SymbolKind. */
enum { KIND_NAMESPACE = 3, KIND_KEY = 20 };

/* An editor shows no more, and a file may have a million. */
enum { MOST_SYMBOLS = 20000 };

struct outline {
	struct arena *arena;
	struct json *json;
	const struct server *server;
	struct analysis *analysis;
	struct source *source;
	const struct view *view;
	size_t entry;    /* of the view, the next one */
	uint32_t passed; /* what ends here or above is told: a file may be included twice */
	size_t count;
	struct map names; /* -> as they may be shown */
};

/* Words that stand where a key should may be half of a secret. Most names come again and again. */
static struct text name_of(struct outline *outline, struct span span) {
	struct text spelled = redact_show(outline->arena, outline->source, span, NULL);
	struct text *known = map_place(outline->arena, &outline->names, spelled, sizeof(*known)), name = *known;
	if (!name.length)
		name = *known = redact_output(outline->arena, spelled);
	return text_trim(name, " \t\r\n").length ? name : TEXT("-"); /* the protocol forbids an empty name */
}

/* Adds all of a symbol but its children; of a tree it stays open. */
static void add(struct outline *outline, unsigned kind, struct span name, struct span all, struct text container) {
	struct json *json = outline->json;
	const struct layout *layout = analysis_layout(outline->analysis, outline->source);
	json_object(json, NULL);
	json_text(json, "name", name_of(outline, name));
	json_number(json, "kind", kind);
	outline->count++;
	if (outline->server->client.nests) {
		range_write(json, "range", layout, all);
		range_write(json, "selectionRange", layout, name);
		return;
	}
	location_write(json, "location", &outline->server->workspace, outline->analysis, (struct place){outline->source, all});
	json_text_if_any(json, "containerName", container);
	json_end(json);
}

/* The next statement of the text under a header. */
static const struct entry *next_entry(struct outline *outline, const struct header *header) {
	for (; outline->entry < outline->view->entries.count; outline->entry++) {
		const struct entry *entry = outline->view->entries.items[outline->entry];
		if (entry->source != outline->source || entry->lines.start < outline->passed) continue;
		return entry->header == header ? entry : NULL;
	}
	return NULL;
}

static void add_entries(struct outline *outline, const struct header *header, struct text container) {
	const struct entry *entry;
	while (outline->count < MOST_SYMBOLS && (entry = next_entry(outline, header))) {
		add(outline, KIND_KEY, entry->key, entry->lines, container);
		if (outline->server->client.nests)
			json_end(outline->json);
		outline->passed = entry->lines.end;
	}
}

/* A section reaches to its last statement in the text. */
static struct span reach_of(const struct header *header) {
	const struct entry *last = header->last;
	bool here = last && last->source == header->source && last->lines.end > header->lines.end;
	return (struct span){header->lines.start, here ? last->lines.end : header->lines.end};
}

static void add_section(struct outline *outline, const struct header *header) {
	bool nests = outline->server->client.nests;
	outline->passed = header->lines.end;
	add(outline, KIND_NAMESPACE, header->name_span, reach_of(header), TEXT(""));
	if (nests)
		json_list(outline->json, "children");
	add_entries(outline, header, nests ? TEXT("") : name_of(outline, header->name_span));
	if (nests) {
		json_end(outline->json);
		json_end(outline->json);
	}
}

static void list_symbols(struct server *server, const struct json_object *params, struct reply *reply) {
	struct point point;
	if (!point_find(server, params, reply, &point)) return;
	struct outline outline = {.arena = reply->arena, .json = &reply->json, .server = server, .analysis = point.analysis,
	                          .source = point.source, .view = point.file->view};
	json_list(&reply->json, NULL);
	add_entries(&outline, NULL, TEXT(""));
	for (size_t i = 0; i < outline.view->headers.count && outline.count < MOST_SYMBOLS; i++) {
		const struct header *header = outline.view->headers.items[i];
		if (header->source == outline.source && header->lines.start >= outline.passed)
			add_section(&outline, header);
	}
	json_end(&reply->json);
}

const struct method symbol_methods[] = {{"textDocument/documentSymbol", true, list_symbols}, {0}};
