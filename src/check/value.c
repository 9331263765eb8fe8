/* Checks of a value's being there, and against another value. */
#include "check/check.h"

static bool present(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)arena;
	return (value.state == VALUE_PRESENT) == argument->truth;
}

static bool known(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)arena;
	return (value.state != VALUE_UNKNOWN) == argument->truth;
}

static bool placeholder(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)arena;
	(void)value;
	return argument->placeholder == argument->truth;
}

static bool same_as(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)arena;
	return argument->value->state == VALUE_PRESENT && text_equal(value.text, argument->value->text);
}

static bool sorts_before(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)arena;
	return argument->value->state == VALUE_PRESENT && text_compare(value.text, argument->value->text) < 0;
}

/* Fails where one of the two is no whole number. */
static bool both_numbers(struct value value, const struct argument *argument, int64_t *number, int64_t *other)
{
	return argument->value->state == VALUE_PRESENT && text_to_integer(value.text, number) &&
	       text_to_integer(argument->value->text, other);
}

static bool less_than(struct arena *arena, struct value value, const struct argument *argument)
{
	int64_t number, other;
	(void)arena;
	return both_numbers(value, argument, &number, &other) && number < other;
}

static bool at_most(struct arena *arena, struct value value, const struct argument *argument)
{
	int64_t number, other;
	(void)arena;
	return both_numbers(value, argument, &number, &other) && number <= other;
}

const struct check check_present = {.name = "present",
                                    .argument = ARGUMENT_TRUTH,
                                    .summary = "whether there is a value",
                                    .holds = present,
                                    .takes_absent = true};
const struct check check_known = {.name = "known",
                                  .argument = ARGUMENT_TRUTH,
                                  .summary = "whether it can be told: its file is among the inputs",
                                  .holds = known,
                                  .takes_absent = true,
                                  .takes_unknown = true};
const struct check check_placeholder = {.name = "placeholder",
                                        .argument = ARGUMENT_TRUTH,
                                        .summary = "whether it stands for a value to be filled in",
                                        .holds = placeholder,
                                        .looks_at_placeholders = true};
const struct check check_same_as = {.name = "same_as",
                                    .argument = ARGUMENT_REFERENCE,
                                    .summary = "the same bytes as another value",
                                    .holds = same_as};
const struct check check_sorts_before = {.name = "sorts_before",
                                         .argument = ARGUMENT_REFERENCE,
                                         .summary = "comes before another value in the order of bytes",
                                         .holds = sorts_before};
const struct check check_less_than = {.name = "less_than",
                                      .argument = ARGUMENT_REFERENCE,
                                      .summary = "a whole number less than another value",
                                      .holds = less_than};
const struct check check_at_most = {.name = "at_most",
                                    .argument = ARGUMENT_REFERENCE,
                                    .summary = "a whole number not greater than another value",
                                    .holds = at_most};
