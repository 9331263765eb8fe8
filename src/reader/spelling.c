#include "reader/spelling.h"

#include "base/buffer.h"

struct reader_list LIST_OF(const struct reader *);

/* Whether the value of the sample's key is `value`, and what follows is as it should be. */
static bool shows(const struct view *view, struct text value) {
	if (!view->ok || view->sections.count != 1) return false;
	const struct variable_list *variables = &view->sections.items[0]->variables;
	if (variables->count != 2) return false;
	const struct variable *key = &variables->items[0], *other = &variables->items[1];
	return text_is(key->name, "key") && !key->absent && !key->unsettled && text_equal(key->value, value) &&
	       text_is(other->name, "other") && text_is(other->value, "after");
}

/* Whether the reader sees `value` where `written` stands in the place of the old one. Leaves nothing in the arena: many
 * readers are asked for each of many values. */
static bool reads_back(struct arena *arena, const struct reader *reader, const struct spelling *old, struct text written,
                       struct text value) {
	struct arena_mark mark = arena_mark(arena);
	struct reading reading = {.arena = arena};
	struct text line = text_join(arena, text_join(arena, old->blanks, written), old->rest);
	struct text sample = text_join(arena, old->exported ? TEXT("export ") : TEXT(""), reader->sample(arena, line));
	reading.source = source_from_text(arena, TEXT("sample"), sample);
	bool same = shows(reader_read(reader, &reading), value);
	arena_rewind(arena, mark);
	return same;
}

bool spelling_find(struct arena *arena, const struct reader *const *with, size_t count, struct text value,
                   const struct spelling *old, struct text *written) {
	for (size_t author = 0; author < count; author++) {
		struct text offer;
		/* Readers of one family offer the same. */
		if (author > 0 && with[author]->offer == with[author - 1]->offer) continue;
		for (unsigned attempt = 0; with[author]->offer(with[author], arena, value, attempt, &offer); attempt++) {
			size_t agreed = 0;
			while (agreed < count && reads_back(arena, with[agreed], old, offer, value))
				agreed++;
			if (agreed == count) {
				*written = offer;
				return true;
			}
		}
	}
	return false;
}

/* The declared ones, and those of the first one's family that read the old line as it does. */
static struct reader_list readers_of(struct arena *arena, const struct reader *const *declared, size_t count,
                                     const struct spelling *old) {
	static const struct spelling nothing;
	struct reader_list list = {0};
	for (size_t i = 0; i < count; i++)
		*list_add(arena, &list) = declared[i];
	for (size_t i = 0; readers[i]; i++) {
		bool known = readers[i]->read != declared[0]->read;
		for (size_t j = 0; j < count; j++)
			known = known || declared[j] == readers[i];
		if (!known && reads_back(arena, readers[i], &nothing, TEXT("'a'"), TEXT("a")) &&
		    reads_back(arena, readers[i], old, old->written, old->value))
			*list_add(arena, &list) = readers[i];
	}
	return list;
}

/* The names of those that don't read it back, but for the first `count`. */
static struct text names_of(struct arena *arena, const struct reader_list *list, size_t count, const struct spelling *old,
                            struct text written, struct text value) {
	enum { MOST_NAMES = 3 };
	struct buffer names = {.arena = arena};
	size_t found = 0;
	for (size_t i = count; i < list->count && found <= MOST_NAMES; i++) {
		if (reads_back(arena, list->items[i], old, written, value)) continue;
		if (++found > MOST_NAMES)
			buffer_add_string(&names, " and others");
		else
			buffer_format(&names, "%s%s", found > 1 ? ", " : "", list->items[i]->name);
	}
	return buffer_text(&names);
}

struct text spelling_replace(struct arena *arena, const struct reader *const *declared, size_t count,
                             const struct spelling *old, struct text value, struct text *written) {
	struct reader_list list = readers_of(arena, declared, count, old);
	if (spelling_find(arena, list.items, list.count, value, old, written))
		return TEXT("");
	if (!spelling_find(arena, declared, count, value, old, written))
		return TEXT("no way of writing the value is read back right by its reader; choose another value");
	struct text names = names_of(arena, &list, count, old, *written, value);
	return text_format(arena, "no way of writing the value is also read back right by %.*s; choose another value",
	                   TEXT_ARGUMENTS(names));
}
