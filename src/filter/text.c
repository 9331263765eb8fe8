/* Filters that need no more than the text. */
#include "filter/filter.h"

/* Most texts are in lower case already. */
static struct value lower(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)argument;
	for (size_t i = 0; i < value.text.length; i++)
		if (value.text.bytes[i] >= 'A' && value.text.bytes[i] <= 'Z')
			return value_with_text(value, text_lower(arena, value.text));
	return value;
}

static struct value upper(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)argument;
	char *bytes = text_string(arena, value.text);
	for (size_t i = 0; i < value.text.length; i++)
		if (bytes[i] >= 'a' && bytes[i] <= 'z')
			bytes[i] = (char)(bytes[i] - 'a' + 'A');
	return value_with_text(value, (struct text){bytes, value.text.length});
}

static struct value trim_end(struct arena *arena, struct value value, const struct argument *argument)
{
	struct text strip = argument->text.length ? argument->text : TEXT(" \t");
	size_t length = value.text.length;
	(void)arena;
	while (length && text_find_byte(strip, value.text.bytes[length - 1]) != TEXT_NOT_FOUND)
		length--;
	return value_with_text(value, text_slice(value.text, 0, length));
}

static struct value trim(struct arena *arena, struct value value, const struct argument *argument)
{
	const char *strip = argument->text.length ? text_string(arena, argument->text) : " \t";
	return value_with_text(value, text_trim(value.text, strip));
}

static struct value before(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)arena;
	size_t end = text_find(value.text, argument->text);
	return end == TEXT_NOT_FOUND ? value : value_with_text(value, text_slice(value.text, 0, end));
}

static struct value default_text(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)arena;
	return value.state == VALUE_PRESENT ? value : value_with_fact(value, argument->text);
}

static struct value filled(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)arena;
	(void)argument;
	return value.text.length ? value : value_absent(value.file, value.section);
}

const struct filter filter_lower = {
	.name = "lower",
	.argument = ARGUMENT_NONE,
	.summary = "ASCII letters in lower case",
	.apply = lower,
	.of_text = true,
};
const struct filter filter_upper = {
	.name = "upper",
	.argument = ARGUMENT_NONE,
	.summary = "ASCII letters in upper case",
	.apply = upper,
	.of_text = true,
};
const struct filter filter_trim_end = {
	.name = "trim_end",
	.argument = ARGUMENT_TEXT,
	.summary = "without the argument's bytes (blanks) at its end",
	.apply = trim_end,
	.of_text = true,
};
const struct filter filter_before = {
	.name = "before",
	.argument = ARGUMENT_TEXT,
	.summary = "what stands before the argument; all where that is not in it",
	.apply = before,
	.of_text = true,
};
const struct filter filter_trim = {
	.name = "trim",
	.argument = ARGUMENT_TEXT,
	.summary = "without the argument's bytes at both ends",
	.apply = trim,
	.of_text = true,
};
const struct filter filter_filled = {
	.name = "filled",
	.argument = ARGUMENT_NONE,
	.summary = "absent when it is empty",
	.apply = filled,
	.of_text = true,
};
const struct filter filter_default = {
	.name = "default",
	.argument = ARGUMENT_TEXT,
	.summary = "the argument where there is no value",
	.apply = default_text,
	.takes_absent = true,
	.of_text = true,
};
