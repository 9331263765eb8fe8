/* Filters that need no more than the text. */
#include "filter/filter.h"

/* Most texts are in lower case already. */
static struct value lower(struct arena *arena, struct value value, const struct argument *argument) {
	for (size_t i = 0; i < value.text.length; i++)
		if (value.text.bytes[i] >= 'A' && value.text.bytes[i] <= 'Z')
			return value_with_text(value, text_lower(arena, value.text));
	return value;
}

static struct value upper(struct arena *arena, struct value value, const struct argument *argument) {
	char *bytes = text_string(arena, value.text);
	for (size_t i = 0; i < value.text.length; i++)
		if (bytes[i] >= 'a' && bytes[i] <= 'z')
			bytes[i] = (char)(bytes[i] - 'a' + 'A');
	return value_with_text(value, (struct text){bytes, value.text.length});
}

static struct value trim_end(struct arena *arena, struct value value, const struct argument *argument) {
	struct text strip = argument->text.length ? argument->text : TEXT(" \t");
	size_t length = value.text.length;
	while (length && text_find_byte(strip, value.text.bytes[length - 1]) != TEXT_NOT_FOUND)
		length--;
	return value_with_text(value, text_slice(value.text, 0, length));
}

static struct value trim(struct arena *arena, struct value value, const struct argument *argument) {
	const char *strip = argument->text.length ? text_string(arena, argument->text) : " \t";
	return value_with_text(value, text_trim(value.text, strip));
}

static struct value before(struct arena *arena, struct value value, const struct argument *argument) {
	size_t end = text_find(value.text, argument->text);
	return end == TEXT_NOT_FOUND ? value : value_with_text(value, text_slice(value.text, 0, end));
}

static struct value default_text(struct arena *arena, struct value value, const struct argument *argument) {
	return value.state == VALUE_PRESENT ? value : value_with_fact(value, argument->text);
}

static struct value filled(struct arena *arena, struct value value, const struct argument *argument) {
	return value.text.length ? value : value_absent(value.file, value.section);
}

const struct filter filter_lower = {"lower", ARGUMENT_NONE, "ASCII letters in lower case", lower, .of_text = true};
const struct filter filter_upper = {"upper", ARGUMENT_NONE, "ASCII letters in upper case", upper, .of_text = true};
const struct filter filter_trim_end = {
	"trim_end", ARGUMENT_TEXT, "without the argument's bytes (blanks) at its end", trim_end, .of_text = true};
const struct filter filter_before = {"before", ARGUMENT_TEXT,
	"what stands before the argument; all where that is not in it", before, .of_text = true};
const struct filter filter_trim = {
	"trim", ARGUMENT_TEXT, "without the argument's bytes at both ends", trim, .of_text = true};
const struct filter filter_filled = {"filled", ARGUMENT_NONE, "absent when it is empty", filled, .of_text = true};
const struct filter filter_default = {"default", ARGUMENT_TEXT, "the argument where there is no value", default_text,
	.takes_absent = true, .of_text = true};
