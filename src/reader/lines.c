/* Files of a language of their own, of which rules look at lines alone: no statement is seen in them. */
#include "reader/reader.h"

static struct view *read_nothing(const struct reader *reader, struct reading *reading) {
	struct view *view = view_new(reading);
	token_add(view->tokens.items[0], TOKEN_GARBAGE, 0, reading->source->bytes.length);
	return view;
}

/* There is no statement to write a value into. */
static bool offer_nothing(const struct reader *reader, struct arena *arena, struct text value, unsigned attempt, struct text *offer) {
	return false;
}

const struct reader reader_lines = {
	.name = "lines",
	.summary = "no program's: lines as they stand, without statements",
	.comment = "#",
	.has_sections = true,
	.read = read_nothing,
	.offer = offer_nothing,
	.sample = sample_with_section,
};
