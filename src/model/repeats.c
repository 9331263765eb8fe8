#include "model/file.h"

/* Whether the name, in any case of letters, was added before. */
static bool add(struct arena *arena, struct map *names, struct text name) {
	struct text key = text_lower(arena, name);
	return map_put(arena, names, key, (void *)(uintptr_t)key.bytes) != key.bytes;
}

static bool section_repeats_keys(struct arena *arena, const struct section *section) {
	struct map names = {0};
	bool repeats = false;
	struct arena_mark mark = arena_mark(arena);
	for (size_t i = 0; i < section->variables.count && !repeats; i++)
		repeats = add(arena, &names, section->variables.items[i].name);
	arena_rewind(arena, mark);
	return repeats;
}

bool file_repeats_sections(struct file *file) {
	struct view *view = file->view;
	if (view->repeats_sections != REPEATS_UNKNOWN)
		return view->repeats_sections == REPEATS_SOME;
	struct map names = {0};
	bool repeats = false;
	struct arena_mark mark = arena_mark(file->arena);
	for (size_t i = 0; i < view->sections.count && !repeats; i++)
		repeats = add(file->arena, &names, view->sections.items[i]->name);
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
