#include "lsp/location.h"

#include "lsp/range.h"
#include "report/place.h"

void location_write(struct json *json, const char *key, const struct workspace *workspace, struct analysis *analysis,
                    struct place place) {
	json_object(json, key);
	json_text(json, "uri", workspace_uri(workspace, json->out->arena, place.source));
	range_write(json, "range", analysis_layout(analysis, place.source), place.span);
	json_end(json);
}

void locations_add(struct arena *arena, struct location_list *list, struct place place) {
	for (size_t i = 0; i < list->count; i++)
		if (place_is_same(list->items[i], place)) return;
	*list_add(arena, list) = place;
}

struct place location_of_entry(const struct entry *entry) { return (struct place){entry->source, entry->key}; }

struct place location_of_header(const struct header *header) { return (struct place){header->source, header->name_span}; }

void locations_write(struct json *json, const struct workspace *workspace, struct analysis *analysis, const struct location_list *list) {
	json_list(json, NULL);
	for (size_t i = 0; i < list->count; i++)
		location_write(json, NULL, workspace, analysis, list->items[i]);
	json_end(json);
}
