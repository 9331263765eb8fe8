#include "base/text_set.h"

#include <stdlib.h>
#include <string.h>

/* Few texts are sooner compared than looked up. */
enum { FEW = 24, USUAL_LENGTH = 128 };

/* Shorter ones first: most texts differ in length. */
static int compare(struct text a, struct text b) {
	if (a.length != b.length)
		return a.length < b.length ? -1 : 1;
	return a.length ? memcmp(a.bytes, b.bytes, a.length) : 0;
}

static int compare_places(const void *a, const void *b, void *texts) {
	const struct text *items = texts;
	return compare(items[*(const uint32_t *)a], items[*(const uint32_t *)b]);
}

static bool is_among_sorted(const struct text_set *set, struct text text) {
	size_t start = 0, end = set->sorted.count;
	while (start < end) {
		size_t middle = start + (end - start) / 2;
		int order = compare(text, set->texts.items[set->sorted.items[middle]]);
		if (!order) return true;
		if (order < 0)
			end = middle;
		else
			start = middle + 1;
	}
	return false;
}

bool text_set_has(const struct text_set *set, struct text text) {
	return set->sorted.count ? is_among_sorted(set, text) : text_list_has(&set->texts, text);
}

/* A bit for each byte there is, but for the signs of a glob; four bytes share one. */
static uint64_t bytes_in(struct text text) {
	uint64_t bytes = 0;
	for (size_t i = 0; i < text.length; i++)
		if (text.bytes[i] != '*' && text.bytes[i] != '?')
			bytes |= (uint64_t)1 << ((unsigned char)text.bytes[i] & 63);
	return bytes;
}

const struct text_set *text_set_make(struct arena *arena, const struct text_list *texts) {
	struct text_set *set = arena_new(arena, struct text_set);
	uint64_t *needs = arena_array(arena, uint64_t, texts->count);
	set->texts = *texts;
	for (size_t i = 0; i < texts->count; i++)
		needs[i] = bytes_in(texts->items[i]);
	set->needs.items = needs;
	set->needs.count = texts->count;
	if (texts->count <= FEW)
		return set;
	uint32_t *sorted = arena_array(arena, uint32_t, texts->count);
	for (size_t i = 0; i < texts->count; i++)
		sorted[i] = (uint32_t)i;
	qsort_r(sorted, texts->count, sizeof(*sorted), compare_places, texts->items);
	set->sorted.items = sorted;
	set->sorted.count = texts->count;
	return set;
}

bool text_set_matches(struct arena *arena, const struct text_set *set, struct text text) {
	char room[USUAL_LENGTH];
	struct text spelled = text_lower_into(arena, room, sizeof(room), text);
	uint64_t there = bytes_in(spelled) | bytes_in(text);
	for (size_t i = 0; i < set->texts.count; i++)
		if (!(set->needs.items[i] & ~there) && (text_matches_glob(spelled, set->texts.items[i], NULL) ||
		                                        text_matches_glob(text, set->texts.items[i], NULL)))
			return true;
	return false;
}

/* The fewer letters, the fewer of them may differ: `a` is not a misspelt `b`. */
static size_t farthest(size_t length) { return length <= 3 ? 1 : length <= 6 ? 2 : 3; }

bool text_list_nearest(struct arena *arena, const struct text_list *texts, struct text text, struct text *hit) {
	size_t best = farthest(text.length);
	char room[USUAL_LENGTH], other_room[USUAL_LENGTH];
	struct text lower = text_lower_into(arena, room, sizeof(room), text);
	bool found = false, whole = text_has_byte(text, '/');
	for (size_t i = 0; i < texts->count; i++) {
		struct text other = texts->items[i];
		/* A name whose "PACK/" is forgotten is near to the whole one. */
		if (!whole)
			other = text_from(other, text_find_last_byte(other, '/') + 1);
		size_t length = other.length;
		if ((length > lower.length ? length - lower.length : lower.length - length) > best) continue;
		size_t distance = text_distance(lower, text_lower_into(arena, other_room, sizeof(other_room), other), best);
		if (distance > best || (found && distance == best)) continue;
		found = true;
		best = distance;
		*hit = texts->items[i];
	}
	return found;
}
