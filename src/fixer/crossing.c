#include "fixer/crossing.h"

#include <unistd.h>

#include "base/buffer.h"

static struct text_list paths_of(struct arena *arena, const struct source_list *sources) {
	struct text_list paths = {0};
	for (size_t i = 0; i < sources->count; i++)
		*list_add(arena, &paths) = text_copy(arena, sources->items[i]->path);
	return paths;
}

struct flow crossing_flow(struct arena *arena, const struct fix *fix) {
	struct flow flow = {.holders = paths_of(arena, &fix->holders), .through = paths_of(arena, &fix->through)};
	for (size_t i = 0; i < fix->accounts.count; i++)
		*list_add(arena, &flow.accounts) = fix->accounts.items[i];
	return flow;
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
	struct arena scratch = {0};
	struct text key = key_of(&scratch, flow, target), reason = TEXT(""), *refusal = map_get(known, key);
	if (!refusal) {
		refusal = map_place(arena, known, key, sizeof(*refusal));
		/* What can't be looked at just now is asked again when all is written, or nothing. */
		if (flow_ask(&scratch, flow, target, &reason) != FLOW_UNKNOWN)
			*refusal = text_copy(arena, reason);
	}
	arena_release(&scratch);
	return *refusal;
}

/* What is included was named by a text of which root can't tell who has written it. */
static bool is_included(const struct fix *fix) {
	for (size_t i = 0; i < fix->through.count; i++)
		if (fix->through.items[i]->includer || fix->through.items[i]->led) return true;
	return false;
}

/* The same of a text that is printed. */
static struct text refusal_of_printing(struct arena *arena, const struct fix *fix, const struct flow *flow, struct text as) {
	struct text reason = TEXT("");
	if (geteuid() == 0 && is_included(fix))
		return TEXT("the value comes from a file that another includes or leads to; as root none of these is printed");
	flow_ask_printing(arena, flow, as, &reason);
	return reason;
}

void crossing_withhold(struct arena *arena, struct map *known, struct fix *fix) {
	if (!fix || !fix->holders.count) return;
	struct arena scratch = {0};
	struct flow flow = crossing_flow(&scratch, fix);
	for (size_t i = 0; i < fix->edits.count && !fix->withheld.length; i++) {
		const struct source *target = fix->edits.items[i].source;
		if (target->printed && !stays(fix, target))
			fix->withheld = refusal_of_printing(arena, fix, &flow, target->path);
		else if (target->status.st_ino && !stays(fix, target))
			fix->withheld = refusal_of(arena, known, &flow, target->path);
	}
	arena_release(&scratch);
	if (fix->withheld.length)
		fix->edits.count = 0;
}
