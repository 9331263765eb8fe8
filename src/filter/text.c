/* Filters that need no more than the text. */
#include "filter/filter.h"

static struct value lower(struct arena *arena, struct value value, const struct argument *argument)
{
	(void)argument;
	return value_with_text(value, text_lower(arena, value.text));
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

static void default_of_text(struct text *text, bool *present, struct text argument)
{
	*text = *present ? *text : argument;
	*present = true;
}

static void filled_text(struct text *text, bool *present, struct text argument)
{
	(void)argument;
	*present = *present && text->length;
}

const struct filter filter_lower = {
	.name = "lower",
	.argument = ARGUMENT_NONE,
	.summary = "ASCII letters in lower case",
	.apply = lower,
};
const struct filter filter_upper = {
	.name = "upper",
	.argument = ARGUMENT_NONE,
	.summary = "ASCII letters in upper case",
	.apply = upper,
};
const struct filter filter_trim_end = {
	.name = "trim_end",
	.argument = ARGUMENT_TEXT,
	.summary = "without the argument's bytes (blanks) at its end",
	.apply = trim_end,
};
const struct filter filter_before = {
	.name = "before",
	.argument = ARGUMENT_TEXT,
	.summary = "what stands before the argument; all where that is not in it",
	.apply = before,
};
const struct filter filter_trim = {
	.name = "trim",
	.argument = ARGUMENT_TEXT,
	.summary = "without the argument's bytes at both ends",
	.apply = trim,
};
const struct filter filter_filled = {
	.name = "filled",
	.argument = ARGUMENT_NONE,
	.summary = "absent when it is empty",
	.apply = filled,
	.apply_text = filled_text,
};
const struct filter filter_default = {
	.name = "default",
	.argument = ARGUMENT_TEXT,
	.summary = "the argument where there is no value",
	.apply = default_text,
	.apply_text = default_of_text,
	.takes_absent = true,
};
