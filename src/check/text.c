/* Checks of the text itself. */
#include "check/check.h"

static bool is(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)arena;
	return text_equal(value.text, argument->text);
}

static bool is_not(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)arena;
	return !text_equal(value.text, argument->text);
}

static bool in(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)arena;
	for (size_t i = 0; i < argument->texts.count; i++)
		if (text_equal(value.text, argument->texts.items[i]))
			return true;
	return false;
}

/* A match that is given up as too costly holds nothing and violates nothing: it counts as a match. */
static bool matches(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)arena;
	return pattern_match(argument->pattern, value.text) != PATTERN_DIFFERS;
}

static bool number(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)arena;
	int64_t parsed;
	return text_to_integer(value.text, &parsed) && parsed >= argument->least && parsed <= argument->most;
}

static bool shorter_than(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)arena;
	int64_t bytes;
	return text_to_integer(argument->text, &bytes) && (int64_t)value.text.length < bytes;
}

const struct check check_is = {"is", ARGUMENT_TEXT, "the same bytes", is, false, false, false};
const struct check check_is_not = {"is_not", ARGUMENT_TEXT, "present, and other bytes", is_not, false, false, false};
const struct check check_one_of = {"one_of", ARGUMENT_TEXTS, "one of the texts", in, false, false, false};
const struct check check_in = {"in", ARGUMENT_LIST, "in one of the pack's lists", in, false, false, false};
const struct check check_matches = {"matches", ARGUMENT_PATTERN, "a regular expression (PCRE2) is found in it", matches,
                                    false, false, false};
const struct check check_number = {"number", ARGUMENT_RANGE, "a whole number within [least, most]", number, false, false, false};
const struct check check_shorter_than = {"shorter_than", ARGUMENT_TEXT, "fewer bytes than that", shorter_than, false, false, false};
