#include "inventory/inventory.h"

#include "base/path.h"
#include "trust/below.h"

struct text inventory_identity(struct arena *arena, const struct stat *status) {
	if (!status || !status->st_ino)
		return TEXT("");
	const uint64_t identity[] = {status->st_dev, status->st_ino};
	return text_copy(arena, (struct text){(const char *)identity, sizeof(identity)});
}

struct declared_file *inventory_find(struct arena *arena, const struct inventory *inventory, struct text path,
                                     const struct stat *status) {
	if (!inventory->files.count) return NULL;
	struct declared_file *found = map_get(&inventory->files, path_absolute(arena, inventory->here, path));
	struct text id = found ? TEXT("") : inventory_identity(arena, status);
	return id.length ? map_get(&inventory->files, id) : found;
}

static bool is_same(const struct declared_file *a, const struct declared_file *b) {
	return a->group == b->group && text_equal(a->role, b->role) && text_equal(a->pack, b->pack);
}

bool inventory_add(struct arena *arena, struct inventory *inventory, struct file_group *group,
                   struct declared_file declared) {
	struct stat status;
	size_t count = 0;
	bool there = !stat(text_string(arena, declared.path), &status);
	struct declared_file *fresh = arena_new(arena, struct declared_file);
	struct declared_file *first = inventory_find(arena, inventory, declared.path, there ? &status : NULL);
	*fresh = declared;
	fresh->group = group;
	struct declared_file *last = NULL;
	for (struct declared_file *same = first; same; same = same->next) {
		if (is_same(same, fresh)) return true;
		last = same;
		count++;
	}
	if (count == INVENTORY_MOST_DECLARATIONS) return false;
	if (last)
		last->next = fresh;
	*list_add(arena, &group->files) = fresh;
	first = first ? first : fresh;
	map_put(arena, &inventory->files, path_absolute(arena, inventory->here, declared.path), first);
	if (there)
		map_put(arena, &inventory->files, inventory_identity(arena, &status), first);
	return true;
}

struct text inventory_seen(struct arena *arena, const struct inventory *inventory, struct text path) {
	struct text absolute = path_absolute(arena, inventory->here, path);
	struct text rest = text_from(absolute, inventory->folder.length);
	bool below = text_starts_with(absolute, inventory->folder) && text_starts_with(rest, TEXT("/"));
	return below ? text_from(rest, 1) : absolute;
}

/* By its name alone: a name within the folder is the folder's, wherever a link leads. */
static bool is_named_within(struct arena *arena, const struct inventory *inventory, struct text path) {
	return !inventory->confines.length ||
	       path_is_below(inventory->confines, path_absolute(arena, inventory->here, path));
}

static bool matches(struct text path, struct text glob) {
	return path_matches_glob(text_has_byte(glob, '/') ? path : path_name(path), glob);
}

bool inventory_covers(struct arena *arena, const struct inventory *inventory, struct text path) {
	return !inventory->confines.length || trust_is_below(arena, inventory->confines, path);
}

bool inventory_excludes(struct arena *arena, const struct inventory *inventory, struct text path) {
	if (!inventory->exclude.count || !is_named_within(arena, inventory, path)) return false;
	struct text seen = inventory_seen(arena, inventory, path);
	for (size_t i = 0; i < inventory->exclude.count; i++)
		if (matches(seen, inventory->exclude.items[i]))
			return true;
	return false;
}

const struct reader_choice *inventory_choice(struct arena *arena, const struct inventory *inventory, struct text path) {
	if (!inventory->choices.count || !is_named_within(arena, inventory, path)) return NULL;
	struct text seen = inventory_seen(arena, inventory, path);
	for (size_t i = 0; i < inventory->choices.count; i++)
		if (matches(seen, inventory->choices.items[i].glob))
			return &inventory->choices.items[i];
	return NULL;
}

bool inventory_matches(struct arena *arena, const struct inventory *inventory, struct text path, struct text glob) {
	return is_named_within(arena, inventory, path) && matches(inventory_seen(arena, inventory, path), glob);
}

bool inventory_ignores(struct arena *arena, const struct inventory *inventory, struct text path, struct text rule) {
	for (size_t i = 0; i < inventory->ignored.count; i++) {
		const struct ignored_rules *ignored = &inventory->ignored.items[i];
		bool meant = false;
		for (size_t j = 0; j < ignored->rules.count && !meant; j++)
			meant = text_matches_glob(rule, ignored->rules.items[j], NULL);
		if (meant && inventory_matches(arena, inventory, path, ignored->glob)) return true;
	}
	return false;
}
