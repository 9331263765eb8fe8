#include "base/text_set.h"

/* Few texts are sooner compared than looked up. */
enum { FEW = 24, USUAL_LENGTH = 128 };

struct text_set *text_set_new(struct arena *arena)
{
	struct text_set *set = arena_new(arena, struct text_set);
	set->arena = arena;
	return set;
}

static bool is_indexed(struct text_set *set)
{
	if (set->texts.count <= FEW)
		return false;
	if (set->index.count)
		return true;
	for (size_t i = 0; i < set->texts.count; i++)
		map_put(set->arena, &set->index, set->texts.items[i], set);
	return true;
}

bool text_set_has(struct text_set *set, struct text text)
{
	if (is_indexed(set))
		return map_get(&set->index, text) != NULL;
	for (size_t i = 0; i < set->texts.count; i++)
		if (text_equal(set->texts.items[i], text))
			return true;
	return false;
}

static uint64_t bit_of(char byte)
{
	return (uint64_t)1 << ((unsigned char)byte & 63);
}

/* A bit for each byte there is; four bytes share one. */
static uint64_t bytes_in(struct text text)
{
	uint64_t bytes = 0;
	for (size_t i = 0; i < text.length; i++)
		bytes |= bit_of(text.bytes[i]);
	return bytes;
}

static void find_needs(struct text_set *set)
{
	if (set->needs)
		return;
	set->needs = arena_array(set->arena, uint64_t, set->texts.count);
	for (size_t i = 0; i < set->texts.count; i++)
		for (size_t j = 0; j < set->texts.items[i].length; j++)
			if (set->texts.items[i].bytes[j] != '*' && set->texts.items[i].bytes[j] != '?')
				set->needs[i] |= bit_of(set->texts.items[i].bytes[j]);
}

bool text_set_matches(struct arena *arena, struct text_set *set, struct text text)
{
	char room[USUAL_LENGTH];
	struct text spelled = text_lower_into(arena, room, sizeof(room), text);
	uint64_t there = bytes_in(spelled);
	find_needs(set);
	for (size_t i = 0; i < set->texts.count; i++)
		if (!(set->needs[i] & ~there) && text_matches_glob(spelled, set->texts.items[i], NULL))
			return true;
	return false;
}

/* The fewer letters, the fewer of them may differ: `a` is not a misspelt `b`. */
static size_t farthest(size_t length)
{
	return length <= 3 ? 1 : length <= 6 ? 2 : 3;
}

bool text_list_nearest(struct arena *arena, const struct text_list *texts, struct text text, struct text *hit)
{
	size_t best = farthest(text.length);
	struct text lower = text_lower(arena, text);
	bool found = false;
	for (size_t i = 0; i < texts->count; i++) {
		size_t distance = text_distance(lower, text_lower(arena, texts->items[i]), best);
		if (distance > best || (found && distance == best))
			continue;
		found = true;
		best = distance;
		*hit = texts->items[i];
	}
	return found;
}
