#include "model/file.h"

#include <string.h>

enum { USUAL_CAPACITY = 256 };

/* Names so far, in a hash table that knows no case. */
struct names {
	struct arena *arena;
	struct text usual[USUAL_CAPACITY], *slots;
	size_t capacity;          /* a power of two, twice the names at least */
};

static void make_room(struct names *names, size_t count)
{
	for (names->capacity = 16; names->capacity < 2 * count;)
		names->capacity *= 2;
	names->slots = names->usual;
	if (names->capacity > USUAL_CAPACITY)
		names->slots = arena_array(names->arena, struct text, names->capacity);
	else
		memset(names->usual, 0, sizeof(names->usual[0]) * names->capacity);
}

/* Whether the name was added before. */
static bool add(struct names *names, struct text name)
{
	size_t at = (size_t)text_hash_ignoring_case(name) & (names->capacity - 1);
	while (names->slots[at].bytes) {
		if (text_equal_ignoring_case(names->slots[at], name))
			return true;
		at = (at + 1) & (names->capacity - 1);
	}
	names->slots[at] = name.bytes ? name : TEXT("");
	return false;
}

static bool section_repeats_keys(struct arena *arena, const struct section *section)
{
	struct names names;
	names.arena = arena;
	make_room(&names, section->variables.count);
	for (size_t i = 0; i < section->variables.count; i++)
		if (add(&names, section->variables.items[i].name))
			return true;
	return false;
}

bool file_repeats_sections(struct file *file)
{
	struct names names;
	if (file->view->repeats_sections != REPEATS_UNKNOWN)
		return file->view->repeats_sections == REPEATS_SOME;
	file->view->repeats_sections = REPEATS_NONE;
	names.arena = file->arena;
	make_room(&names, file->view->sections.count);
	for (size_t i = 0; i < file->view->sections.count && file->view->repeats_sections == REPEATS_NONE; i++)
		if (add(&names, file->view->sections.items[i]->name))
			file->view->repeats_sections = REPEATS_SOME;
	return file->view->repeats_sections == REPEATS_SOME;
}

bool file_repeats_keys(struct file *file)
{
	if (file->view->repeats_keys != REPEATS_UNKNOWN)
		return file->view->repeats_keys == REPEATS_SOME;
	/* Sections of one name are taken for one: nothing more is asked. */
	file->view->repeats_keys = file_repeats_sections(file) ? REPEATS_SOME : REPEATS_NONE;
	for (size_t i = 0; i < file->view->sections.count && file->view->repeats_keys == REPEATS_NONE; i++)
		if (section_repeats_keys(file->arena, file->view->sections.items[i]))
			file->view->repeats_keys = REPEATS_SOME;
	return file->view->repeats_keys == REPEATS_SOME;
}
