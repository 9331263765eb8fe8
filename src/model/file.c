#include "model/file.h"

/* Section names are cut to fewer bytes than this by every reader that has sections; a longer one costs a copy. */
enum { USUAL_NAME = 128 };

enum { SHORT_SECTION = 32 };

static struct section_group *find_group(const struct file *file, struct text section)
{
	char spelled[USUAL_NAME];
	if (!file->role->any_case_sections)
		return map_get(&file->lookup->groups, section);
	return map_get(&file->lookup->groups, text_lower_into(file->arena, spelled, sizeof(spelled), section));
}

static void add_group(struct file *file, size_t index)
{
	const struct section *section = file->view->sections.items[index];
	struct section_group *group = find_group(file, section->name);
	if (!group) {
		group = arena_new(file->arena, struct section_group);
		*group = (struct section_group){section->name, section, (uint32_t)file->lookup->groups.count, 0};
		struct text key = file->role->any_case_sections ? text_lower(file->arena, section->name) : section->name;
		map_put(file->arena, &file->lookup->groups, key, group);
	}
	group->count++;
	file->lookup->group_of[index] = group;
}

static bool same_texts(const struct text_list *a, const struct text_list *b)
{
	bool same = a->count == b->count;
	for (size_t i = 0; same && i < a->count; i++)
		same = text_equal(a->items[i], b->items[i]);
	return same;
}

bool file_looks_up_alike(const struct file *file, const struct role *role, const struct view *view)
{
	const struct role *other = file->role;
	return file->view == view && other->any_case_sections == role->any_case_sections &&
	       other->any_case_keys == role->any_case_keys && other->only_first_section == role->only_first_section &&
	       same_texts(&other->first_counts, &role->first_counts);
}

static void make_lookup(struct file *file)
{
	file->lookup = arena_new(file->arena, struct lookup);
	file->lookup->group_of = arena_array(file->arena, const struct section_group *, file->view->sections.count);
	for (size_t i = 0; i < file->view->sections.count; i++)
		if (!file->view->sections.items[i]->template)
			add_group(file, i);
}

struct file *file_make(struct arena *arena, struct source *source, const struct role *role, struct view *view,
                       bool example, const struct file *alike)
{
	struct file *file = arena_new(arena, struct file);
	*file = (struct file){.arena = arena, .source = source, .role = role, .view = view, .example = example};
	file->readers = role->readers;
	file->reader_count = role->reader_count;
	if (alike)
		file->lookup = alike->lookup;
	else
		make_lookup(file);
	return file;
}

const struct section_group *file_group(const struct file *file, struct text section)
{
	return find_group(file, section);
}

const struct section_group *file_group_any_case(const struct file *file, struct text section)
{
	const struct section_group *found = NULL;
	for (size_t i = 0; i < file->lookup->groups.capacity; i++) {
		const struct section_group *group = file->lookup->groups.slots[i].value;
		if (group && text_equal_ignoring_case(group->name, section) && (!found || group->number < found->number))
			found = group;
	}
	return found;
}

static struct file_value *find_value(const struct file *file, const struct section_group *group, struct text key)
{
	bool any_case = file->role->any_case_keys;
	uint64_t hash = (any_case ? text_hash_ignoring_case(key) : text_hash(key)) + group->number * 0x9e3779b97f4a7c15u;
	size_t mask = file->lookup->value_capacity - 1;
	for (size_t at = (size_t)(hash ^ hash >> 32) & mask;; at = (at + 1) & mask) {
		struct file_value *value = &file->lookup->values[at];
		if (!value->variable) {
			value->hash = hash;
			return value;
		}
		if (value->hash != hash || value->group != group)
			continue;
		if (any_case ? text_equal_ignoring_case(value->variable->name, key) : text_equal(value->variable->name, key))
			return value;
	}
}

static void add_values(struct file *file, const struct section_group *group, const struct section *section)
{
	const struct role *role = file->role;
	for (size_t i = 0; i < section->variables.count; i++) {
		const struct variable *variable = &section->variables.items[i];
		struct file_value *value = find_value(file, group, variable->name);
		if (!value->variable || !globs_match(&role->first_counts, variable->name, role->any_case_keys))
			*value = (struct file_value){group, variable, value->hash};
	}
}

static bool counts(const struct file *file, size_t section)
{
	const struct section_group *group = file->lookup->group_of[section];
	return group && (group->first == file->view->sections.items[section] || !file->role->only_first_section);
}

static void make_values(struct file *file)
{
	struct lookup *lookup = file->lookup;
	size_t count = 0;
	if (lookup->values)
		return;
	for (size_t i = 0; i < file->view->sections.count; i++)
		count += counts(file, i) ? file->view->sections.items[i]->variables.count : 0;
	for (lookup->value_capacity = 16; lookup->value_capacity < count * 2;)
		lookup->value_capacity *= 2;
	lookup->values = arena_array(file->arena, struct file_value, lookup->value_capacity);
	for (size_t i = 0; i < file->view->sections.count; i++)
		if (counts(file, i))
			add_values(file, lookup->group_of[i], file->view->sections.items[i]);
}

const struct variable *section_variable(const struct role *role, const struct section *section, struct text key)
{
	const struct variable *found = NULL;
	for (size_t i = 0; i < section->variables.count; i++) {
		const struct variable *variable = &section->variables.items[i];
		bool same = role->any_case_keys ? text_equal_ignoring_case(variable->name, key)
		                                : text_equal(variable->name, key);
		if (!same)
			continue;
		if (found && globs_match(&role->first_counts, key, role->any_case_keys))
			break;
		found = variable;
	}
	return found;
}

const struct variable *file_variable(struct file *file, const struct section_group *group, struct text key)
{
	/* Most sections are alone and short: going through them beats a table that would have to be made first. */
	if (group->count == 1 && group->first->variables.count <= SHORT_SECTION)
		return section_variable(file->role, group->first, key);
	make_values(file);
	return find_value(file, group, key)->variable;
}

void file_each_value(struct file *file,
                     void (*visit)(void *context, struct text section, const struct variable *variable),
                     void *context)
{
	make_values(file);
	for (size_t i = 0; i < file->view->sections.count; i++) {
		const struct section_group *group = file->lookup->group_of[i];
		const struct variable_list *variables = &file->view->sections.items[i]->variables;
		for (size_t j = 0; counts(file, i) && j < variables->count; j++)
			if (find_value(file, group, variables->items[j].name)->variable == &variables->items[j])
				visit(context, group->name, &variables->items[j]);
	}
}
