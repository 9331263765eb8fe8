/* Filters that need no more than the text. */
#include "filter/filter.h"

static struct value lower(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)argument;
	return value_with_text(value, text_lower(arena, value.text));
}

static struct value trim(struct arena *arena, struct value value, const struct argument *argument)
{
	const char *strip = argument->text.length ? text_string(arena, argument->text) : " \t";
	return value_with_text(value, text_trim(value.text, strip));
}

static struct value default_text(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)arena;
	if (value.state == VALUE_PRESENT)
		return value;
	struct value literal = value_literal(argument->text);
	literal.file = value.file;
	literal.place = value.place;
	literal.section = value.section;
	return literal;
}

static struct value filled(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)arena;
	(void)argument;
	return value.text.length ? value : value_absent(value.file, value.section);
}

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

const struct filter filter_lower = {"lower", ARGUMENT_NONE, "ASCII letters in lower case", lower, false};
const struct filter filter_trim = {"trim", ARGUMENT_TEXT, "without the argument's bytes at both ends", trim, false};
const struct filter filter_filled = {"filled", ARGUMENT_NONE, "absent when it is empty", filled, false};
const struct filter filter_default = {"default", ARGUMENT_TEXT, "the argument where there is no value", default_text,
                                      true};
const struct filter filter_nearest = {"nearest", ARGUMENT_LIST,
                                      "the name of a list that is spelt most alike; absent when none is near", nearest,
                                      false};
