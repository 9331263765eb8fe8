/* Filters that look into a list. */
#include "filter/filter.h"

/* The fewer letters, the fewer of them may differ: `a` is not a misspelt `b`. */
static size_t farthest(size_t length)
{
	return length <= 3 ? 1 : length <= 6 ? 2 : 3;
}

static struct value nearest(struct arena *arena, struct value value, const struct argument *argument)
{
	size_t best = farthest(value.text.length);
	struct text hit = {0};
	bool found = false;
	for (size_t i = 0; i < argument->texts.count; i++) {
		struct text candidate = argument->texts.items[i];
		size_t distance =
			text_distance(text_lower(arena, value.text), text_lower(arena, candidate), best);
		if (distance > best || (found && distance == best))
			continue;
		found = true;
		best = distance;
		hit = candidate;
	}
	struct value result = found ? value_with_text(value, hit) : value_absent(value.file, value.section);
	result.variable = NULL; /* a name from a list, not from the value */
	return result;
}

static bool is_in(const struct argument *argument, struct text text)
{
	if (argument->names)
		return map_get(argument->names, text) != NULL;
	for (size_t i = 0; i < argument->texts.count; i++)
		if (text_equal(argument->texts.items[i], text))
			return true;
	return false;
}

static struct value item_outside(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)arena;
	for (struct text rest = value.text; rest.length;) {
		struct text item = text_trim(text_cut(&rest, ','), " \t");
		if (item.length && !is_in(argument, item))
			return value_with_text(value, item);
	}
	return value_absent(value.file, value.section);
}

const struct filter filter_nearest = {"nearest", ARGUMENT_LIST,
                                      "the name of a list that is spelt most alike; absent when none is near", nearest,
                                      false, false};
const struct filter filter_item_outside = {"item_outside", ARGUMENT_LIST,
                                           "the first of its items, which commas part, that is not in a list; absent when all are",
                                           item_outside, false, false};
