/* Checks of the text itself. */
#include "check/check.h"

static bool is(struct arena *arena, struct value value, const struct argument *argument) {
	return text_equal(value.text, argument->text);
}

static bool in(struct arena *arena, struct value value, const struct argument *argument) {
	return text_set_has(argument->set, value.text);
}

static bool is_not(struct arena *arena, struct value value, const struct argument *argument) {
	return !in(arena, value, argument);
}

/* Of a match that is given up as too costly nothing can be told: see struct pattern. */
static bool matches(struct arena *arena, struct value value, const struct argument *argument) {
	return pattern_match(argument->pattern, value.text) == PATTERN_MATCHES;
}

static bool like(struct arena *arena, struct value value, const struct argument *argument) {
	return text_set_matches(arena, argument->set, value.text);
}

static bool number(struct arena *arena, struct value value, const struct argument *argument) {
	int64_t parsed;
	return text_to_integer(value.text, &parsed) && parsed >= argument->least && parsed <= argument->most;
}

static bool shorter_than(struct arena *arena, struct value value, const struct argument *argument) {
	int64_t bytes;
	return text_to_integer(argument->text, &bytes) && (int64_t)value.text.length < bytes;
}

static bool has_item(struct arena *arena, struct value value, const struct argument *argument) {
	for (struct text rest = value.text; rest.length;)
		if (text_equal(text_trim(text_cut(&rest, ','), " \t"), argument->text))
			return true;
	return false;
}

static bool shares_item_with(struct arena *arena, struct value value, const struct argument *argument) {
	struct text items = argument->value->state == VALUE_PRESENT ? argument->value->text : TEXT("");
	while (items.length) {
		struct argument item = {.text = text_trim(text_cut(&items, ','), " \t")};
		if (item.text.length && has_item(arena, value, &item))
			return true;
	}
	return false;
}

static bool octal(struct text text, unsigned *mode) {
	*mode = 0;
	for (size_t i = 0; i < text.length; i++) {
		if (text.bytes[i] < '0' || text.bytes[i] > '7') return false;
		*mode = (*mode << 3 | (unsigned)(text.bytes[i] - '0')) & 07777;
	}
	return text.length > 0;
}

static bool mode_within(struct arena *arena, struct value value, const struct argument *argument) {
	unsigned mode, most;
	return octal(value.text, &mode) && octal(argument->text, &most) && !(mode & ~most);
}

const struct check check_has_item = {"has_item", ARGUMENT_TEXT, "one of its items, which commas part", has_item};
const struct check check_shares_item_with = {
	"shares_item_with", ARGUMENT_REFERENCE, "one of its items, which commas part, is one of another value, too", shares_item_with};
const struct check check_mode_within = {
	"mode_within", ARGUMENT_TEXT, "a file mode that grants no more than this one (octal)", mode_within};
const struct check check_is = {"is", ARGUMENT_TEXT, "the same bytes", is, .is_among = true};
const struct check check_is_not = {"is_not", ARGUMENT_TEXTS, "present, and none of the texts", is_not};
const struct check check_one_of = {"one_of", ARGUMENT_TEXTS, "one of the texts", in, .is_among = true};
const struct check check_in = {"in", ARGUMENT_LIST, "in one of the pack's lists", in, .is_among = true};
const struct check check_matches = {
	"matches", ARGUMENT_PATTERN, "a regular expression (PCRE2) is found in it", matches};
const struct check check_like = {
	"like", ARGUMENT_LIST, "one of a list's globs, which are in lower case, whatever its own case", like};
const struct check check_number = {"number", ARGUMENT_RANGE, "a whole number within [least, most]", number};
const struct check check_shorter_than = {"shorter_than", ARGUMENT_TEXT, "fewer bytes than that", shorter_than};
