/* Checks of the text itself. */
#include "check/check.h"

static bool is(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)arena;
	return text_equal(value.text, argument->text);
}

static bool in(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)arena;
	return text_set_has(argument->set, value.text);
}

static bool is_not(struct arena *arena, struct value value, const struct argument *argument)
{
	return !in(arena, value, argument);
}

/* A match that is given up as too costly holds nothing and violates nothing: it counts as a match. */
static bool matches(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)arena;
	return pattern_match(argument->pattern, value.text) != PATTERN_DIFFERS;
}

static bool like(struct arena *arena, struct value value, const struct argument *argument)
{
	return text_set_matches(arena, argument->set, value.text);
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

static bool has_item(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)arena;
	for (struct text rest = value.text; rest.length;)
		if (text_equal(text_trim(text_cut(&rest, ','), " \t"), argument->text))
			return true;
	return false;
}

static bool octal(struct text text, unsigned *mode)
{
	*mode = 0;
	for (size_t i = 0; i < text.length; i++) {
		if (text.bytes[i] < '0' || text.bytes[i] > '7')
			return false;
		*mode = (*mode << 3 | (unsigned)(text.bytes[i] - '0')) & 07777;
	}
	return text.length > 0;
}

static bool mode_within(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)arena;
	unsigned mode, most;
	return octal(value.text, &mode) && octal(argument->text, &most) && !(mode & ~most);
}

const struct check check_has_item = {.name = "has_item",
                                     .argument = ARGUMENT_TEXT,
                                     .summary = "one of its items, which commas part",
                                     .holds = has_item};
const struct check check_mode_within = {.name = "mode_within",
                                        .argument = ARGUMENT_TEXT,
                                        .summary = "a file mode that grants no more than this one (octal)",
                                        .holds = mode_within};
const struct check check_is = {
	.name = "is", .argument = ARGUMENT_TEXT, .summary = "the same bytes", .holds = is};
const struct check check_is_not = {.name = "is_not",
                                   .argument = ARGUMENT_TEXTS,
                                   .summary = "present, and none of the texts",
                                   .holds = is_not};
const struct check check_one_of = {.name = "one_of",
                                   .argument = ARGUMENT_TEXTS,
                                   .summary = "one of the texts",
                                   .holds = in};
const struct check check_in = {.name = "in",
                               .argument = ARGUMENT_LIST,
                               .summary = "in one of the pack's lists",
                               .holds = in};
const struct check check_matches = {.name = "matches",
                                    .argument = ARGUMENT_PATTERN,
                                    .summary = "a regular expression (PCRE2) is found in it",
                                    .holds = matches};
const struct check check_like = {.name = "like",
                                 .argument = ARGUMENT_LIST,
                                 .summary = "one of a list's globs, which are in lower case, whatever its own case",
                                 .holds = like};
const struct check check_number = {.name = "number",
                                   .argument = ARGUMENT_RANGE,
                                   .summary = "a whole number within [least, most]",
                                   .holds = number};
const struct check check_shorter_than = {.name = "shorter_than",
                                         .argument = ARGUMENT_TEXT,
                                         .summary = "fewer bytes than that",
                                         .holds = shorter_than};
