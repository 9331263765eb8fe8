#include "model/file.h"

/* Of fewer names each is compared with each: that beats a table. */
enum { FEW = 24 };

struct names {
	struct arena *arena;
	struct map seen;          /* of many names, in lower case */
	struct text first[FEW];
	size_t count;
};

/* Whether the name was added before. */
static bool add(struct names *names, struct text name)
{
	for (size_t i = 0; i < names->count && i < FEW; i++)
		if (text_equal_ignoring_case(names->first[i], name))
			return true;
	if (names->count < FEW) {
		names->first[names->count++] = name;
		return false;
	}
	size_t known = names->seen.count;
	map_put(names->arena, &names->seen, text_lower(names->arena, name), names);
	return names->seen.count == known;
}

static bool section_repeats_keys(struct arena *arena, const struct section *section)
{
	struct names names = {.arena = arena};
	for (size_t i = 0; i < section->variables.count; i++)
		if (add(&names, section->variables.items[i].name))
			return true;
	return false;
}

bool file_repeats_sections(struct file *file)
{
	struct names names = {.arena = file->arena};
	if (file->view->repeats_sections != REPEATS_UNKNOWN)
		return file->view->repeats_sections == REPEATS_SOME;
	file->view->repeats_sections = REPEATS_NONE;
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
