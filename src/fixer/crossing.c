#include "fixer/crossing.h"

#include "base/buffer.h"

static struct text_list paths_of(struct arena *arena, const struct source_list *sources) {
	struct text_list paths = {0};
	for (size_t i = 0; i < sources->count; i++)
		*list_add(arena, &paths) = sources->items[i]->path;
	return paths;
}

struct flow crossing_flow(struct arena *arena, const struct fix *fix) {
	return (struct flow){paths_of(arena, &fix->holders), paths_of(arena, &fix->through), fix->accounts};
}

static bool stays(const struct fix *fix, const struct source *target) {
	for (size_t i = 0; i < fix->holders.count; i++)
		if (fix->holders.items[i] != target) return false;
	return true;
}

static struct text key_of(struct arena *arena, const struct flow *flow, struct text target) {
	const struct text_list *lists[] = {&flow->holders, &flow->through, &flow->accounts};
	struct buffer key = {.arena = arena};
	buffer_add(&key, target);
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		buffer_add_byte(&key, '\0');
		for (size_t j = 0; j < lists[i]->count; j++) {
			buffer_add_byte(&key, '\0');
			buffer_add(&key, lists[i]->items[j]);
		}
	}
	return buffer_text(&key);
}

/* Why a flow may not be; empty when it may. */
static struct text refusal_of(struct arena *arena, struct map *known, const struct flow *flow, struct text target) {
	struct text key = key_of(arena, flow, target), *refusal = map_get(known, key);
	if (refusal)
		return *refusal;
	refusal = arena_new(arena, struct text);
	/* What can't be looked at just now is asked again when all is written, or nothing. */
	if (flow_ask(arena, flow, target, refusal) == FLOW_UNKNOWN)
		*refusal = TEXT("");
	map_put(arena, known, key, refusal);
	return *refusal;
}

void crossing_withhold(struct arena *arena, struct map *known, struct fix *fix) {
	if (!fix || !fix->holders.count) return;
	struct flow flow = crossing_flow(arena, fix);
	for (size_t i = 0; i < fix->edits.count && !fix->withheld.length; i++) {
		const struct source *target = fix->edits.items[i].source;
		if (target->status.st_ino && !stays(fix, target))
			fix->withheld = refusal_of(arena, known, &flow, target->path);
	}
	if (fix->withheld.length)
		fix->edits.count = 0;
}
