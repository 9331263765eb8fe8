#include "model/file.h"

/* Names that were met, by their hashes alone: two names of one hash would only be looked at in vain. */
struct hashes {
	uint64_t *slots; /* 0 marks a free one */
	size_t capacity; /* a power of two */
};

static struct hashes make_room(struct arena *arena, size_t count) {
	struct hashes hashes = {.capacity = 16};
	while (hashes.capacity * 3 < count * 4)
		hashes.capacity *= 2;
	hashes.slots = arena_array(arena, uint64_t, hashes.capacity);
	return hashes;
}

/* Whether the name, in any case of letters, was added before. */
static bool add(const struct hashes *hashes, struct text name) {
	uint64_t hash = text_hash_ignoring_case(name) | 1;
	size_t at = (size_t)(hash >> 32) & (hashes->capacity - 1);
	while (hashes->slots[at] && hashes->slots[at] != hash)
		at = (at + 1) & (hashes->capacity - 1);
	bool there = hashes->slots[at] == hash;
	hashes->slots[at] = hash;
	return there;
}

static bool section_repeats_keys(struct arena *arena, const struct section *section) {
	bool repeats = false;
	struct arena_mark mark = arena_mark(arena);
	struct hashes names = make_room(arena, section->variables.count);
	for (size_t i = 0; i < section->variables.count && !repeats; i++)
		repeats = add(&names, section->variables.items[i].name);
	arena_rewind(arena, mark);
	return repeats;
}

bool file_repeats_sections(struct file *file) {
	struct view *view = file->view;
	if (view->repeats_sections != REPEATS_UNKNOWN)
		return view->repeats_sections == REPEATS_SOME;
	bool repeats = false;
	struct arena_mark mark = arena_mark(file->arena);
	struct hashes names = make_room(file->arena, view->sections.count);
	for (size_t i = 0; i < view->sections.count && !repeats; i++)
		repeats = add(&names, view->sections.items[i]->name);
	arena_rewind(file->arena, mark);
	view->repeats_sections = repeats ? REPEATS_SOME : REPEATS_NONE;
	return repeats;
}

bool file_repeats_keys(struct file *file) {
	struct view *view = file->view;
	if (view->repeats_keys != REPEATS_UNKNOWN)
		return view->repeats_keys == REPEATS_SOME;
	/* Sections of one name are taken for one: nothing more is asked. */
	bool repeats = file_repeats_sections(file);
	for (size_t i = 0; i < view->sections.count && !repeats; i++)
		repeats = section_repeats_keys(file->arena, view->sections.items[i]);
	view->repeats_keys = repeats ? REPEATS_SOME : REPEATS_NONE;
	return repeats;
}
