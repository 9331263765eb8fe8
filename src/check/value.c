/* Checks of a value's being there, and against another value. */
#include "check/check.h"

static bool present(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)arena;
	return (value.state == VALUE_PRESENT) == argument->truth;
}

static bool text_present(struct text text, const struct argument *argument, bool lowered)
{
	(void)text;
	(void)lowered;
	return argument->truth;
}

static bool absent_present(const struct argument *argument)
{
	return !argument->truth;
}

static bool known(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)arena;
	return (value.state != VALUE_UNKNOWN) == argument->truth;
}

static bool placeholder(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)arena;
	return value.placeholder == argument->truth;
}

static bool same_as(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)arena;
	return argument->value->state == VALUE_PRESENT && text_equal(value.text, argument->value->text);
}

static bool same_texts(struct text text, bool lowered, struct text other, bool other_lowered)
{
	if (lowered && other_lowered)
		return text_equal_ignoring_case(text, other);
	return lowered ? text_equal_lowered(text, other) : other_lowered ? text_equal_lowered(other, text) : text_equal(text, other);
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
                                    .holds_text = text_present,
                                    .holds_absent = absent_present,
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
                                    .holds = same_as,
                                    .holds_texts = same_texts};
const struct check check_sorts_before = {.name = "sorts_before",
                                         .argument = ARGUMENT_REFERENCE,
                                         .summary = "comes before another value in the order of bytes",
                                         .holds = sorts_before};
