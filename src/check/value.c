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
