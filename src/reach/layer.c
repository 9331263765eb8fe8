#include "reach/layer.h"

#include "base/path.h"

static void insert(struct arena *arena, struct file_list *layers, struct file *file) {
	list_add(arena, layers);
	size_t i = layers->count - 1;
	for (; i > 0 && file->layer > layers->items[i - 1]->layer; i--)
		layers->items[i] = layers->items[i - 1];
	layers->items[i] = file;
}

/* All layers of a role in each folder, found out at once. */
static struct file_list *all_in_folder(struct lint *lint, const struct file *file) {
	const void *identity[] = {file->role, file->group};
	struct text key = text_join(lint->arena, (struct text){(const char *)identity, sizeof(identity)}, path_folder(file->source->path));
	return map_place(lint->arena, &lint->layers, key, sizeof(struct file_list));
}

static const struct file_list *found_in_folder(struct lint *lint, const struct file *file) {
	if (lint->layers.count)
		return all_in_folder(lint, file);
	for (size_t i = 0; i < lint->files.count; i++) {
		struct file *other = lint->files.items[i];
		if (other->is_layer)
			insert(lint->arena, all_in_folder(lint, other), other);
	}
	return all_in_folder(lint, file);
}

const struct file_list *layers_of(struct lint *lint, struct file *file) {
	if (!file->layers->count || file->example) return NULL;
	struct file_list *own = map_place(file->arena, &file->found, TEXT("\0layers"), sizeof(*own));
	if (own->count)
		return own->count > 1 ? own : NULL;
	const struct file_list *all = found_in_folder(lint, file);
	for (size_t i = 0; i < all->count; i++) {
		struct text other = all->items[i]->environment;
		if (!other.length || text_equal(other, file->environment))
			*list_add(file->arena, own) = all->items[i];
	}
	if (!own->count)
		*list_add(file->arena, own) = file;
	return own->count > 1 ? own : NULL;
}

static bool is_handed(const struct file *map, const struct file *file) {
	const struct section *section = map->role->settings_of == file->role && map->group == file->group ? map->view->sections.items[0] : NULL;
	for (size_t i = 0; section && section->handed && i < section->handed->count; i++)
		if (section->handed->items[i].source == file->source)
			return true;
	return false;
}

/* Where others hand the file to programs, one that has another value for the key, if all of them have. */
static struct file *find_over_handed(struct lint *lint, const struct file *file, struct text key) {
	struct file *over = NULL;
	for (size_t i = 0; i < lint->files.count; i++) {
		struct file *map = lint->files.items[i];
		if (!is_handed(map, file)) continue;
		const struct section_group *group = file_group(map, TEXT(""));
		const struct variable *variable = group ? file_variable(map, group, key) : NULL;
		if (!variable || variable->entry->source == file->source) return NULL;
		over = map;
	}
	return over;
}

static bool sets(struct file *layer, struct text key) {
	const struct section_group *group = file_group(layer, TEXT(""));
	return group && file_variable(layer, group, key);
}

struct file *layer_over(struct lint *lint, struct file *file, struct text key) {
	const struct file_list *layers = layers_of(lint, file);
	for (size_t i = 0; layers && i < layers->count && layers->items[i] != file; i++)
		if (sets(layers->items[i], key))
			return layers->items[i];
	return find_over_handed(lint, file, key);
}

struct file *layer_likely_over(struct lint *lint, const struct text_set *environments, const struct file *file, struct text key) {
	if (!file->is_layer || file->environment.length || !environments) return NULL;
	const struct file_list *all = found_in_folder(lint, file);
	for (size_t i = 0; i < all->count && all->items[i] != file; i++)
		if (text_set_has(environments, all->items[i]->environment) && sets(all->items[i], key))
			return all->items[i];
	return NULL;
}
