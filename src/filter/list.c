/* Filters that look into a list. */
#include "base/buffer.h"
#include "filter/filter.h"

/* A list may be gathered from a file of any length, and a message is for people. */
enum { MOST_IN_WORDS = 50, MOST_COMPARED = 2 * 1000 * 1000 /* names, in a run */ };

static struct value nearest(struct arena *arena, struct value value, const struct argument *argument) {
	struct text hit = value.text;
	size_t none = 0, *compared = argument->compared ? argument->compared : &none;
	bool found = text_set_has(argument->set, value.text);
	*compared += found ? 0 : argument->set->texts.count;
	found = found || (*compared <= MOST_COMPARED &&
	                  text_list_nearest(arena, &argument->set->texts, value.text, &hit));
	return found ? value_with_fact(value, hit) : value_absent(value.file, value.section);
}

static struct value item_outside(struct arena *arena, struct value value, const struct argument *argument) {
	for (struct text rest = value.text; rest.length;) {
		struct text item = text_trim(text_cut(&rest, ','), " \t");
		if (item.length && !text_set_has(argument->set, item))
			return value_with_text(value, item);
	}
	return value_absent(value.file, value.section);
}

static struct value first_in(struct arena *arena, struct value value, const struct argument *argument) {
	if (!argument->set->texts.count)
		return value_absent(value.file, value.section);
	return value_with_fact(value, argument->set->texts.items[0]);
}

static struct value all_in(struct arena *arena, struct value value, const struct argument *argument) {
	const struct text_list *texts = &argument->set->texts;
	struct buffer words = {.arena = arena};
	struct text_list told = {NULL, 0, 0};
	size_t i = 0;
	for (; i < texts->count && told.count < MOST_IN_WORDS; i++) {
		if (text_list_has(&told, texts->items[i])) continue;
		buffer_add_string(&words, told.count ? ", " : "");
		buffer_add(&words, texts->items[i]);
		*list_add(arena, &told) = texts->items[i];
	}
	if (i < texts->count)
		buffer_add_string(&words, ", ...");
	return texts->count ? value_with_fact(value, buffer_text(&words)) : value_absent(value.file, value.section);
}

const struct filter filter_all_in = {
	"all_in", ARGUMENT_LIST, "the texts of a list, each once, with commas, at most 50 of them; absent when the list is empty", all_in};
const struct filter filter_first_in = {"first_in", ARGUMENT_LIST,
	"the first text of a list, whatever the value; absent when the list is empty", first_in};
const struct filter filter_nearest = {
	"nearest", ARGUMENT_LIST, "the name of a list that is spelt most alike; absent when none is near", nearest};
const struct filter filter_item_outside = {"item_outside", ARGUMENT_LIST,
	"the first of its items, which commas part, that is not in a list; absent when all are", item_outside};
