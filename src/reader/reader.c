#include "reader/reader.h"

#define READER(name) extern const struct reader reader_##name;
#include "reader/readers.def"
#undef READER

const struct reader *const readers[] = {
#define READER(name) &reader_##name,
#include "reader/readers.def"
#undef READER
	NULL,
};

const struct reader *reader_find(struct text name) {
	for (size_t i = 0; readers[i]; i++)
		if (text_is(name, readers[i]->name))
			return readers[i];
	return NULL;
}

struct token_list *view_add_source(const struct reading *reading, struct view *view, struct source *source) {
	struct token_list *tokens = arena_new(reading->arena, struct token_list);
	tokens->arena = reading->arena;
	tokens->choice = reading->tokens;
	*list_add(reading->arena, &view->sources) = source;
	return *list_add(reading->arena, &view->tokens) = tokens;
}

struct view *view_new(const struct reading *reading) {
	struct view *view = arena_new(reading->arena, struct view);
	view->ok = true;
	view_add_source(reading, view, reading->source);
	return view;
}

struct view *reader_read(const struct reader *reader, struct reading *reading) { return reader->read(reader, reading); }

struct text sample_with_section(struct arena *arena, struct text written) {
	return text_join(arena, text_join(arena, TEXT("[section]\nkey = "), written), TEXT("\nother = after\n"));
}

/* What the reader makes of the sample that holds `written`: the value of the last variable "key", or false. */
static bool reads_back(struct arena *arena, const struct reader *reader, struct text written, struct text value) {
	struct reading reading = {.arena = arena};
	reading.source = source_from_text(arena, TEXT("sample"), reader->sample(arena, written));
	struct view *view = reader_read(reader, &reading);
	if (!view->ok || view->sections.count != 1) return false;
	const struct variable_list *variables = &view->sections.items[0]->variables;
	return variables->count == 2 && text_is(variables->items[0].name, "key") && !variables->items[0].absent &&
	       text_equal(variables->items[0].value, value) && text_is(variables->items[1].name, "other") &&
	       text_is(variables->items[1].value, "after");
}

bool value_write(struct arena *arena, const struct reader *const *with, size_t count, struct text value,
                 struct text like, struct text *written) {
	for (size_t author = 0; author < count; author++) {
		struct text offer;
		for (unsigned attempt = 0; with[author]->offer(with[author], arena, value, like, attempt, &offer); attempt++) {
			size_t agreed = 0;
			while (agreed < count && reads_back(arena, with[agreed], offer, value))
				agreed++;
			if (agreed == count) {
				*written = offer;
				return true;
			}
		}
	}
	return false;
}
