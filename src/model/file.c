#include "model/file.h"

#include <string.h>

/* What the table of values holds: the variable in force, and the section it counts for. */
struct value_slot {
	const struct section_group *group;
	const struct variable *variable;
};

static struct text section_key(struct arena *arena, const struct role *role, struct text name)
{
	return role->any_case_sections ? text_lower(arena, name) : name;
}

struct file *file_make(struct arena *arena, struct source *source, const struct role *role, struct view *view,
                       bool example)
{
	struct file *file = arena_new(arena, struct file);
	*file = (struct file){.source = source, .role = role, .view = view, .example = example};
	for (size_t i = 0; i < view->sections.count; i++) {
		const struct section *section = view->sections.items[i];
		if (section->template)
			continue;
		struct text key = section_key(arena, role, section->name);
		if (map_get(&file->groups, key))
			continue;
		struct section_group *group = arena_new(arena, struct section_group);
		*group = (struct section_group){section->name, section, (uint32_t)file->groups.count};
		map_put(arena, &file->groups, key, group);
	}
	return file;
}

const struct section_group *file_group(struct arena *arena, const struct file *file, struct text section)
{
	return map_get(&file->groups, section_key(arena, file->role, section));
}

const struct section_group *file_group_any_case(const struct file *file, struct text section)
{
	const struct section_group *found = NULL;
	for (size_t i = 0; i < file->groups.capacity; i++) {
		const struct section_group *group = file->groups.slots[i].value;
		if (group && text_equal_ignoring_case(group->name, section) && (!found || group->number < found->number))
			found = group;
	}
	return found;
}

static struct text value_key(struct arena *arena, const struct file *file, uint32_t group, struct text key)
{
	char *bytes = arena_allocate(arena, sizeof(group) + key.length);
	memcpy(bytes, &group, sizeof(group));
	struct text spelled = file->role->any_case_keys ? text_lower(arena, key) : key;
	if (key.length)
		memcpy(bytes + sizeof(group), spelled.bytes, key.length);
	return (struct text){bytes, sizeof(group) + key.length};
}

static void add_values(struct arena *arena, struct file *file, const struct section_group *group,
                       const struct section *section)
{
	const struct role *role = file->role;
	for (size_t i = 0; i < section->variables.count; i++) {
		const struct variable *variable = &section->variables.items[i];
		struct value_slot *fresh = arena_new(arena, struct value_slot);
		*fresh = (struct value_slot){group, variable};
		struct value_slot *slot =
			map_put(arena, &file->values, value_key(arena, file, group->number, variable->name), fresh);
		if (slot != fresh && !globs_match(&role->first_counts, variable->name, role->any_case_keys))
			slot->variable = variable;
	}
}

static void make_values(struct arena *arena, struct file *file)
{
	if (file->values_made)
		return;
	file->values_made = true;
	for (size_t i = 0; i < file->view->sections.count; i++) {
		const struct section *section = file->view->sections.items[i];
		if (section->template)
			continue;
		const struct section_group *group = file_group(arena, file, section->name);
		if (group->first == section || !file->role->only_first_section)
			add_values(arena, file, group, section);
	}
}

const struct variable *file_variable(struct arena *arena, struct file *file, const struct section_group *group,
                                     struct text key)
{
	make_values(arena, file);
	struct value_slot *slot = map_get(&file->values, value_key(arena, file, group->number, key));
	return slot ? slot->variable : NULL;
}

void file_each_value(struct arena *arena, struct file *file,
                     void (*visit)(void *context, struct text section, const struct variable *variable),
                     void *context)
{
	make_values(arena, file);
	for (size_t i = 0; i < file->values.capacity; i++) {
		const struct value_slot *slot = file->values.slots[i].value;
		if (slot)
			visit(context, slot->group->name, slot->variable);
	}
}
