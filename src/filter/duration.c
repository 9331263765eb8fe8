/* The filter of durations. */
#include "filter/filter.h"

/* 0 for what is no unit. */
static int64_t seconds_of_unit(char unit) {
	switch (unit) {
	case 's': return 1;
	case 'm': return 60;
	case 'h': return 60 * 60;
	case 'd': return 24 * 60 * 60;
	case 'w': return 7 * 24 * 60 * 60;
	default: return 0;
	}
}

static bool cut_number(struct text *rest, int64_t *number) {
	size_t digits = 0;
	while (digits < rest->length && rest->bytes[digits] >= '0' && rest->bytes[digits] <= '9')
		digits++;
	struct text text = text_slice(*rest, 0, digits);
	*rest = text_from(*rest, digits);
	return text_to_integer(text, number);
}

/* `90`, or numbers with their units, `1h30m`. */
static bool read_duration(struct text rest, int64_t *seconds) {
	int64_t number, part;
	if (!cut_number(&rest, seconds)) return false;
	if (!rest.length) return true;
	for (number = *seconds, *seconds = 0;;) {
		int64_t unit = rest.length ? seconds_of_unit(rest.bytes[0]) : 0;
		if (!unit || __builtin_mul_overflow(number, unit, &part) || __builtin_add_overflow(*seconds, part, seconds))
			return false;
		rest = text_from(rest, 1);
		if (!rest.length) return true;
		if (!cut_number(&rest, &number)) return false;
	}
}

static struct value seconds(struct arena *arena, struct value value, const struct argument *argument) {
	int64_t number;
	if (!read_duration(value.text, &number))
		return value_absent(value.file, value.section);
	return value_with_text(value, text_format(arena, "%lld", (long long)number));
}

const struct filter filter_seconds = {
	"seconds", ARGUMENT_NONE, "a duration in seconds: 90, 90s, 5m, 1h30m, 2d, 1w; absent when it is none", seconds};
