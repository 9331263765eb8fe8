#include "model/file.h"

#include "redact/redact.h"

/* Section names are cut to fewer bytes than this by every reader that has sections; a longer one costs a copy. */
enum { USUAL_NAME = 128 };

enum { SHORT_SECTION = 32 };

static struct section_group *find_group(const struct file *file, struct text section) {
	char spelled[USUAL_NAME];
	if (!file->role->any_case_sections)
		return map_get(&file->groups, section);
	return map_get(&file->groups, text_lower_into(file->arena, spelled, sizeof(spelled), section));
}

static void add_group(struct file *file, size_t index) {
	const struct section *section = file->view->sections.items[index];
	struct section_group *group = find_group(file, section->name);
	if (!group) {
		group = arena_new(file->arena, struct section_group);
		*group = (struct section_group){section, (uint32_t)file->groups.count, 0};
		struct text key = file->role->any_case_sections ? text_lower(file->arena, section->name) : section->name;
		map_put(file->arena, &file->groups, key, group);
	}
	group->count++;
	file->group_of[index] = group;
}

static void make_groups(struct file *file, const struct view *view) {
	file->group_of = arena_array(file->arena, const struct section_group *, view->sections.count);
	for (size_t i = 0; i < view->sections.count; i++)
		if (!view->sections.items[i]->template)
			add_group(file, i);
}

struct file *file_make(struct arena *arena, struct source *source, const struct role *role, struct view *view, bool example,
                       const struct file *like) {
	struct file *file = arena_new(arena, struct file);
	*file = (struct file){.arena = arena, .source = source, .role = role, .view = view, .example = example};
	file_set_layers(file, &role->layers);
	file->readers = role->readers;
	file->reader_count = role->reader_count;
	if (like && like->role->any_case_sections == role->any_case_sections) {
		file->groups = like->groups;
		file->group_of = like->group_of;
	} else {
		make_groups(file, view);
	}
	return file;
}

bool file_has_secrets(const struct file *file) {
	return file->role->secret || (file->named && file->named->hidden.globs.count);
}

bool file_hides(const struct file *file, struct text key) {
	const struct named_keys *named = file->named;
	if (named && glob_set_matches(&named->hidden, key, true)) return true;
	/* A name that speaks of a secret is believed more than whoever says that it is none. */
	if (named && glob_set_matches(&named->shown, key, file->role->any_case_keys) && !redact_names_secret(key)) return false;
	return role_hides(file->role, key);
}

const struct section_group *file_group(const struct file *file, struct text section) {
	return find_group(file, section);
}

const struct section_group *file_group_any_case(const struct file *file, struct text section, bool last) {
	const struct section_group *found = last ? NULL : find_group(file, section);
	if (found)
		return found;
	for (size_t i = 0; i < file->groups.capacity; i++) {
		const struct section_group *group = file->groups.slots[i].value;
		if (group && text_equal_ignoring_case(group->first->name, section) && (!found || (group->number < found->number) != last))
			found = group;
	}
	return found;
}

static struct file_value *find_value(const struct file *file, const struct section_group *group, struct text key) {
	bool any_case = file->role->any_case_keys;
	uint64_t hash = (any_case ? text_hash_ignoring_case(key) : text_hash(key)) + group->number * 0x9e3779b97f4a7c15u;
	uint32_t half = (uint32_t)(hash ^ hash >> 32);
	size_t mask = file->value_capacity - 1;
	for (size_t at = half & mask;; at = (at + 1) & mask) {
		struct file_value *value = &file->values[at];
		if (!value->variable) {
			value->hash = half;
			return value;
		}
		struct text name = value->variable->name;
		if (value->hash == half && value->group == group->number &&
		    (any_case ? text_equal_ignoring_case(name, key) : text_equal(name, key)))
			return value;
	}
}

static void add_values(struct file *file, const struct section_group *group, const struct section *section) {
	const struct role *role = file->role;
	for (size_t i = 0; i < section->variables.count; i++) {
		const struct variable *variable = &section->variables.items[i];
		struct file_value *value = find_value(file, group, variable->name);
		if (!value->variable || !glob_set_matches(&role->first_counts, variable->name, role->any_case_keys))
			*value = (struct file_value){variable, group->number, value->hash};
	}
}

static bool counts(const struct file *file, size_t section) {
	const struct section_group *group = file->group_of[section];
	return group && (group->first == file->view->sections.items[section] || !file->role->only_first_section);
}

static void make_values(struct file *file) {
	size_t count = 0;
	if (file->values) return;
	for (size_t i = 0; i < file->view->sections.count; i++)
		count += counts(file, i) ? file->view->sections.items[i]->variables.count : 0;
	for (file->value_capacity = 16; file->value_capacity < count + count / 2;)
		file->value_capacity *= 2;
	file->values = arena_array(file->arena, struct file_value, file->value_capacity);
	for (size_t i = 0; i < file->view->sections.count; i++)
		if (counts(file, i))
			add_values(file, file->group_of[i], file->view->sections.items[i]);
}

const struct variable *section_variable(const struct role *role, const struct section *section, struct text key) {
	const struct variable *found = NULL;
	for (size_t i = 0; i < section->variables.count; i++) {
		const struct variable *variable = &section->variables.items[i];
		bool same = role->any_case_keys ? text_equal_ignoring_case(variable->name, key)
		                                : text_equal(variable->name, key);
		if (!same) continue;
		if (found && glob_set_matches(&role->first_counts, key, role->any_case_keys)) break;
		found = variable;
	}
	return found;
}

const struct variable *section_earlier(const struct section *section, const struct variable *variable) {
	const struct variable *found = NULL;
	for (size_t i = 0; i < section->variables.count && &section->variables.items[i] != variable; i++)
		if (text_equal(section->variables.items[i].name, variable->name))
			found = &section->variables.items[i];
	return found;
}

const struct variable *file_variable(struct file *file, const struct section_group *group, struct text key) {
	/* Most sections are alone and short: going through them beats a table that would have to be made first. */
	if (group->count == 1 && group->first->variables.count <= SHORT_SECTION)
		return section_variable(file->role, group->first, key);
	make_values(file);
	return find_value(file, group, key)->variable;
}

const struct reader *const *file_readers(const struct file *file, const struct entry *entry, size_t *count) {
	*count = entry->reader ? 1 : file->reader_count;
	return entry->reader ? &readers[entry->reader - 1] : file->readers;
}

void file_each_value(struct file *file,
                     void (*visit)(void *context, struct text section, const struct variable *variable),
                     void *context) {
	make_values(file);
	for (size_t i = 0; i < file->view->sections.count; i++) {
		const struct section_group *group = file->group_of[i];
		const struct variable_list *variables = &file->view->sections.items[i]->variables;
		for (size_t j = 0; counts(file, i) && j < variables->count; j++)
			if (find_value(file, group, variables->items[j].name)->variable == &variables->items[j])
				visit(context, group->first->name, &variables->items[j]);
	}
}

void file_set_layers(struct file *file, const struct text_list *layers) {
	file->layers = layers;
	file->environment = TEXT("");
	file->is_layer = !file->example && layer_of(layers, file->source->path, &file->layer, &file->environment);
}
