/* Checks of a value's being there, and against another value. */
#include "check/check.h"

static bool present(struct arena *arena, struct value value, const struct argument *argument) {
	return (value.state == VALUE_PRESENT) == argument->truth;
}

static bool known(struct arena *arena, struct value value, const struct argument *argument) {
	return (value.state != VALUE_UNKNOWN) == argument->truth;
}

static bool placeholder(struct arena *arena, struct value value, const struct argument *argument) {
	return argument->placeholder == argument->truth;
}

static bool filled_in(struct arena *arena, struct value value, const struct argument *argument) {
	return argument->filled_in == argument->truth;
}

static bool same_as(struct arena *arena, struct value value, const struct argument *argument) {
	return argument->value->state == VALUE_PRESENT && text_equal(value.text, argument->value->text);
}

static bool sorts_before(struct arena *arena, struct value value, const struct argument *argument) {
	return argument->value->state == VALUE_PRESENT && text_compare(value.text, argument->value->text) < 0;
}

/* Fails where one of the two is no whole number. */
static bool both_numbers(struct value value, const struct argument *argument, int64_t *number, int64_t *other) {
	return argument->value->state == VALUE_PRESENT && text_to_integer(value.text, number) &&
	       text_to_integer(argument->value->text, other);
}

static bool less_than(struct arena *arena, struct value value, const struct argument *argument) {
	int64_t number, other;
	return both_numbers(value, argument, &number, &other) && number < other;
}

static bool at_most(struct arena *arena, struct value value, const struct argument *argument) {
	int64_t number, other;
	return both_numbers(value, argument, &number, &other) && number <= other;
}

const struct check check_present = {
	"present", ARGUMENT_TRUTH, "whether there is a value", present, .takes_absent = true};
const struct check check_known = {"known", ARGUMENT_TRUTH, "whether it can be told: its file is among the inputs",
	known, .takes_absent = true, .takes_unknown = true};
const struct check check_placeholder = {"placeholder", ARGUMENT_TRUTH, "whether it stands for a value to be filled in",
	placeholder, .looks_at_placeholders = true};
const struct check check_filled_in = {"filled_in", ARGUMENT_TRUTH, "whether a program fills it in before use", filled_in,
	.looks_at_placeholders = true};
const struct check check_same_as = {"same_as", ARGUMENT_REFERENCE, "the same bytes as another value", same_as};
const struct check check_sorts_before = {
	"sorts_before", ARGUMENT_REFERENCE, "comes before another value in the order of bytes", sorts_before};
const struct check check_less_than = {
	"less_than", ARGUMENT_REFERENCE, "a whole number less than another value", less_than};
const struct check check_at_most = {
	"at_most", ARGUMENT_REFERENCE, "a whole number not greater than another value", at_most};
