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
	return value.placeholder == argument->truth;
}

static bool same_as(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)arena;
	return argument->value.state == VALUE_PRESENT && text_equal(value.text, argument->value.text);
}

const struct check check_present = {"present", ARGUMENT_TRUTH, "whether there is a value", present, true, false, false};
const struct check check_known = {"known", ARGUMENT_TRUTH, "whether it can be told: its file is among the inputs", known,
                                  true, true, false};
const struct check check_placeholder = {"placeholder", ARGUMENT_TRUTH, "whether it stands for a value to be filled in",
                                        placeholder, false, false, true};
const struct check check_same_as = {"same_as", ARGUMENT_REFERENCE, "the same bytes as another value", same_as, false, false, false};
