#include "lsp/range.h"

#include "lsp/tree.h"

static uint32_t clamp(int64_t number) { return number < 0 ? 0 : number > UINT32_MAX ? UINT32_MAX : (uint32_t)number; }

struct spot range_spot(const struct json_object *position) {
	return (struct spot){clamp(tree_number(tree_get(position, "line"), 0)),
	                     clamp(tree_number(tree_get(position, "character"), 0))};
}

bool range_meets(const struct layout *layout, const struct json_object *range, struct span span) {
	uint32_t first = range_spot(tree_get(range, "start")).line, last = range_spot(tree_get(range, "end")).line;
	return first <= layout_spot(layout, span.end).line && layout_spot(layout, span.start).line <= (last > first ? last : first);
}

void range_write_spot(struct json *json, const char *key, struct spot spot) {
	json_object(json, key);
	json_number(json, "line", spot.line);
	json_number(json, "character", spot.character);
	json_end(json);
}

void range_write(struct json *json, const char *key, const struct layout *layout, struct span span) {
	json_object(json, key);
	range_write_spot(json, "start", layout_spot(layout, span.start));
	range_write_spot(json, "end", layout_spot(layout, span.end));
	json_end(json);
}
