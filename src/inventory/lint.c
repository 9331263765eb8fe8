#include "inventory/lint.h"

#include <sys/stat.h>

#include "base/path.h"
#include "inventory/include.h"
#include "reader/deployment.h"

/* The role that a pack has for a file that is declared so, or NULL. */
static const struct role *declared_role(const struct pack *pack, const struct declared_file *declared) {
	if (declared->pack.length && !text_equal(declared->pack, pack->name)) return NULL;
	for (size_t i = 0; i < pack->roles.count; i++)
		if (text_equal(pack->roles.items[i]->name, declared->role))
			return pack->roles.items[i];
	return NULL;
}

const struct role *lint_role(struct arena *arena, const struct lint_options *options, struct text path) {
	bool example;
	size_t rank;
	const struct declared_file *declared = inventory_find(arena, &options->inventory, path, NULL);
	const struct role *role = NULL;
	for (size_t i = 0; declared && i < options->packs.count && !role; i++)
		role = declared_role(options->packs.items[i], declared);
	if (role)
		return role;
	for (size_t i = 0; i < options->packs.count; i++) {
		const struct pack *pack = options->packs.items[i];
		for (size_t j = 0; j < pack->roles.count; j++)
			if (role_has_file(pack->roles.items[j], path, &example, &rank))
				return pack->roles.items[j];
	}
	return NULL;
}

const struct version *lint_version(const struct lint_options *options, const struct file_group *group,
                                   const struct target *target) {
	return version_find(group ? &group->versions : &options->versions, target->program);
}

enum { FOLDERS_ABOVE = 2 };

/* Above its own folder, a file of its own name tells as much as one that lies beside whole files. */
static bool holds_whole(const struct lint *lint, const struct role *role, const struct source *source, struct text folder,
                        bool above) {
	const struct source_list *memory = lint->options->in_memory ? &lint->sources : NULL;
	struct text name = path_name(source->path);
	if (above && source_is_there(lint->arena, source, text_join(lint->arena, folder, name), memory)) return true;
	for (size_t i = 0; i < role->whole_beside.count; i++)
		if (source_is_there(lint->arena, source, text_join(lint->arena, folder, role->whole_beside.items[i]), memory))
			return true;
	return false;
}

struct text lint_whole_folder(const struct lint *lint, const struct role *role, const struct source *source) {
	struct text folder = text_slice(source->path, 0, source->path.length - path_name(source->path).length);
	for (int above = 0; role->whole_beside.count && above <= FOLDERS_ABOVE; above++) {
		if (holds_whole(lint, role, source, folder, above > 0))
			return folder.bytes ? folder : TEXT("");
		if (folder.length < 2) break;
		struct text without_slash = text_slice(folder, 0, folder.length - 1);
		folder = text_slice(folder, 0, without_slash.length - path_name(without_slash).length);
	}
	return (struct text){NULL, 0};
}

/* Of files with wildcards in their names it is not known over which one they are read. */
static const struct text_list *overrides_of(const struct role *role, const struct source *source) {
	for (size_t i = 0; role->overrides.count && i < role->files.globs.count; i++)
		if (text_equal(role->files.globs.items[i], path_name(source->path)) && text_find_byte(role->files.globs.items[i], '*') == TEXT_NOT_FOUND)
			return &role->overrides;
	return NULL;
}

struct reading lint_reading(struct lint *lint, struct source *source, const struct role *role) {
	return (struct reading){
		.arena = lint->arena, .source = source, .tokens = TOKENS_REMARKS, .open = include_open, .open_context = lint,
		.overrides = overrides_of(role, source), .memory = lint->options->in_memory ? &lint->sources : NULL};
}

/* Files of one source follow each other. */
static struct view *read_by(struct lint *lint, struct source *source, const struct role *role, const struct reader *reader) {
	for (size_t i = lint->files.count; i > 0 && lint->files.items[i - 1]->source == source; i--)
		if (lint->files.items[i - 1]->readers[0] == reader)
			return lint->files.items[i - 1]->view;
	struct reading reading = lint_reading(lint, source, role);
	return reader_read(reader, &reading);
}

bool lint_shows(struct lint *lint, const struct pack *pack, const struct source *source) {
	return !pack->confined || inventory_covers(lint->arena, &lint->options->inventory, source->path);
}

enum { MOST_TRIED = 64 };

/* A source while it gets its roles. */
struct taking {
	struct lint *lint;
	struct source *source;
	const struct reader_choice *choice; /* of the configuration, or NULL */
	const struct file_group *group;
	const struct role *tried[MOST_TRIED]; /* by the source's name, for this group */
	size_t tried_count;
};

/* Packs share roles: a source is read once for each. */
static bool has_taken(const struct taking *taking, const struct role *role) {
	const struct file_list *files = &taking->lint->files;
	for (size_t i = files->count; i > 0 && files->items[i - 1]->source == taking->source; i--)
		if (files->items[i - 1]->role == role && files->items[i - 1]->group == taking->group)
			return true;
	return false;
}

static const struct named_keys *named_keys_of(const struct lint_options *options, const struct role *role) {
	for (size_t i = 0; i < options->named_keys.count; i++)
		if (options->named_keys.items[i].role == role)
			return &options->named_keys.items[i];
	return NULL;
}

/* Of a file that is known in part nothing can be judged, nor compared with others. */
static void tell_unjudged(struct lint *lint, struct source *source) {
	struct place place = {source, {0, 0}};
	if (!source->peer)
		diagnostics_add(lint->diagnostics, TEXT("arilint/unreadable"), SEVERITY_ERROR, place, source->unjudged)->unread =
			true;
}

/* One section alone, as a file without sections has it. */
static struct view *view_of_section(struct arena *arena, const struct view *whole, size_t index) {
	struct view *view = arena_new(arena, struct view);
	struct section *section = arena_new(arena, struct section);
	*view = *whole;
	*section = *whole->sections.items[index];
	section->name = TEXT("");
	view->sections.items = NULL;
	view->sections.count = view->sections.capacity = 0;
	*list_add(arena, &view->sections) = section;
	return view;
}

/* A file of the source and the view, or NULL. */
static const struct file *find_like(const struct taking *taking, const struct view *view) {
	const struct file_list *files = &taking->lint->files;
	for (size_t i = files->count; i > 0 && files->items[i - 1]->source == taking->source; i--)
		if (files->items[i - 1]->view == view)
			return files->items[i - 1];
	return NULL;
}

static void add_file(const struct taking *taking, const struct file *like, struct view *view) {
	struct lint *lint = taking->lint;
	const struct inventory *inventory = &lint->options->inventory;
	const struct role *role = like->role;
	struct file *file = file_make(lint->arena, taking->source, role, view, like->example, find_like(taking, view));
	bool named = lint->options->named_keys.count > 0, layered = role->layers.count && inventory->layers.count;
	bool covered = (named || layered) && inventory_covers(lint->arena, inventory, taking->source->path);
	file->readers = like->readers;
	file->reader_count = like->reader_count;
	file->rank = like->rank;
	file->confined = like->confined;
	file->group = taking->group;
	if (layered && covered)
		file_set_layers(file, &inventory->layers);
	if (named && covered)
		file->named = named_keys_of(lint->options, role);
	*list_add(lint->arena, &lint->files) = file;
	lint->has_maps = lint->has_maps || role->settings_of;
}

static void take_role(const struct taking *taking, const struct pack *pack, const struct role *role, bool example,
                      size_t rank) {
	struct lint *lint = taking->lint;
	if (has_taken(taking, role) || taking->source->unjudged.length) return;
	/* A choice of .env readers says nothing of a role with sections. */
	const struct reader_choice *choice = taking->choice;
	if (choice && choice->readers[0]->has_sections != role->readers[0]->has_sections)
		choice = NULL;
	const struct reader *const *readers_of_file = choice ? choice->readers : role->readers;
	struct view *view = read_by(lint, taking->source, role, readers_of_file[0]);
	if (taking->source->unjudged.length) {
		tell_unjudged(lint, taking->source);
		return;
	}
	struct file file = {.role = role, .readers = readers_of_file, .example = example, .rank = rank};
	/* Of a file that is of that role itself more is known. */
	file.rank += role->settings_of ? role->settings_of->files.globs.count : 0;
	file.reader_count = choice ? choice->count : role->reader_count;
	file.confined = pack->confined;
	for (size_t i = 0; role->settings_of && i < view->sections.count; i++)
		add_file(taking, &file, view_of_section(lint->arena, view, i));
	if (!role->settings_of)
		add_file(taking, &file, view);
}

/* Packs share roles: each is tried once for a name, as long as there is room to remember it. */
static bool is_tried(struct taking *taking, const struct role *role) {
	for (size_t i = 0; i < taking->tried_count; i++)
		if (taking->tried[i] == role)
			return true;
	if (taking->tried_count < MOST_TRIED)
		taking->tried[taking->tried_count++] = role;
	return false;
}

/* The roles that a pack has for the source's name. */
static void take_matching(struct taking *taking, const struct pack *pack) {
	bool example;
	size_t rank;
	if (!lint_shows(taking->lint, pack, taking->source)) return;
	for (size_t i = 0; i < pack->roles.count; i++) {
		const struct role *role = pack->roles.items[i];
		if (!is_tried(taking, role) && role_has_file(role, taking->source->path, &example, &rank))
			take_role(taking, pack, role, example, rank);
	}
}

/* The roles that a group declares; where a pack has none of these, it goes by the name. */
static void take_declared(struct taking *taking, const struct pack *pack, const struct declared_file *first) {
	bool found = false;
	if (!lint_shows(taking->lint, pack, taking->source)) return;
	for (const struct declared_file *declared = first; declared; declared = declared->next) {
		const struct role *role = declared->group == taking->group ? declared_role(pack, declared) : NULL;
		if (role)
			take_role(taking, pack, role, role_has_example(role, taking->source->path), 0);
		found = found || role;
	}
	if (!found)
		take_matching(taking, pack);
}

static bool is_first_of_group(const struct declared_file *first, const struct declared_file *declared) {
	while (first->group != declared->group)
		first = first->next;
	return first == declared;
}

static void take_roles(struct lint *lint, struct source *source) {
	const struct inventory *inventory = &lint->options->inventory;
	const struct pack_list *packs = &lint->options->packs;
	struct taking taking = {.lint = lint, .source = source};
	taking.choice = inventory_choice(lint->arena, inventory, source->path);
	const struct declared_file *first = inventory_find(lint->arena, inventory, source->path, &source->status);
	for (size_t i = 0; !first && i < packs->count; i++)
		take_matching(&taking, packs->items[i]);
	for (const struct declared_file *declared = first; declared; declared = declared->next) {
		taking.group = declared->group;
		taking.tried_count = 0;
		for (size_t i = 0; is_first_of_group(first, declared) && i < packs->count; i++)
			take_declared(&taking, packs->items[i], first);
	}
}

static struct file *read_handed(struct lint *lint, const struct file *file, const struct handed_file *handed) {
	struct reading reading = lint_reading(lint, file->source, file->role);
	struct view *view = reader_read(handed->reader, &reading);
	struct file *other = file_make(lint->arena, file->source, file->role, view, file->example, NULL);
	other->readers = &handed->reader;
	other->reader_count = 1;
	other->rank = file->rank;
	other->confined = file->confined;
	other->group = file->group;
	other->layers = file->layers;
	other->named = file->named;
	return other;
}

static struct text key_of_file(const void *identity[2], const struct source *source, const struct role *role) {
	identity[0] = source;
	identity[1] = role;
	return (struct text){(const char *)identity, 2 * sizeof(*identity)};
}

/* What its program gets by way of another file, it reads as the program behind that one does; a configuration that says who
 * reads it is believed more. */
static void read_all_handed(struct lint *lint) {
	struct map all = {0};
	const void *identity[2];
	for (size_t i = 0; i < lint->files.count; i++) {
		const struct file *file = lint->files.items[i];
		const struct handed_list *list = file->role->settings_of ? file->view->sections.items[0]->handed : NULL;
		for (size_t j = 0; list && j < list->count; j++) {
			struct handed_file *handed = &list->items[j];
			struct text key = key_of_file(identity, handed->source, file->role->settings_of);
			map_put(lint->arena, &all, text_copy(lint->arena, key), handed);
		}
	}
	for (size_t i = 0; all.count && i < lint->files.count; i++) {
		const struct file *file = lint->files.items[i];
		const struct handed_file *handed = map_get(&all, key_of_file(identity, file->source, file->role));
		if (handed && !inventory_choice(lint->arena, &lint->options->inventory, file->source->path))
			lint->files.items[i] = read_handed(lint, file, handed);
	}
}

/* --- mounted files --- */

/* What is there already. */
struct mounting {
	struct lint *lint;
	struct map sources; /* path -> struct source */
	struct map files;   /* a source and a role -> struct file */
};

static struct mounting begin_mounting(struct lint *lint) {
	struct mounting mounting = {.lint = lint};
	const void *identity[2];
	for (size_t i = 0; i < lint->sources.count; i++)
		map_put(lint->arena, &mounting.sources, lint->sources.items[i]->path, lint->sources.items[i]);
	for (size_t i = 0; i < lint->files.count; i++) {
		struct text key = key_of_file(identity, lint->files.items[i]->source, lint->files.items[i]->role);
		map_put(lint->arena, &mounting.files, text_copy(lint->arena, key), lint->files.items[i]);
	}
	return mounting;
}

/* What can't be opened says nothing of the map. */
static struct source *open_mounted(struct mounting *mounting, const struct file *map, struct text path) {
	struct lint *lint = mounting->lint;
	const struct inventory *inventory = &lint->options->inventory;
	struct source from = *map->source, *known = path.length ? map_get(&mounting->sources, path) : NULL;
	struct reading reading = lint_reading(lint, &from, map->role);
	if (!path.length || inventory_find(lint->arena, inventory, path, NULL)) return NULL;
	if (known)
		return known;
	bool taken = include_may_change(lint, path) && !inventory_excludes(lint->arena, inventory, path);
	return taken ? include_open(&reading, path) : NULL;
}

/* Under the path at which a role's program reads it, it is no example. */
static void take_as(struct mounting *mounting, struct source *source, const struct pack *pack, const struct role *role) {
	struct lint *lint = mounting->lint;
	const void *identity[2];
	struct text key = key_of_file(identity, source, role);
	struct file *known = map_get(&mounting->files, key);
	if (known)
		known->example = false;
	if (known || !lint_shows(lint, pack, source)) return;
	struct taking taking = {.lint = lint, .source = source, .choice = inventory_choice(lint->arena, &lint->options->inventory, source->path)};
	take_role(&taking, pack, role, false, 0);
	if (lint->files.count && lint->files.items[lint->files.count - 1]->source == source)
		map_put(lint->arena, &mounting->files, text_copy(lint->arena, key), lint->files.items[lint->files.count - 1]);
}

/* A file under the path at which the program of a role reads it is of that role, whatever its name is here. */
static void take_mount(struct mounting *mounting, const struct file *map, const struct mount *mount) {
	const struct pack_list *packs = &mounting->lint->options->packs;
	struct source *source = NULL;
	for (size_t i = 0; i < packs->count; i++)
		for (size_t j = 0; j < packs->items[i]->roles.count; j++) {
			const struct role *role = packs->items[i]->roles.items[j];
			if (!role->installed.length || !text_equal(role->installed, mount->to)) continue;
			source = source ? source : open_mounted(mounting, map, mount->path);
			if (!source) return;
			take_as(mounting, source, packs->items[i], role);
		}
}

static void take_all_mounted(struct lint *lint) {
	if (!lint->has_maps) return;
	struct mounting mounting = begin_mounting(lint);
	for (size_t i = 0, count = lint->files.count; i < count; i++) {
		const struct file *map = lint->files.items[i];
		const struct deployment *deployment = map->role->settings_of && !map->example ? map->view->sections.items[0]->deployment : NULL;
		for (size_t j = 0; deployment && j < deployment->mounts.count; j++)
			take_mount(&mounting, map, &deployment->mounts.items[j]);
	}
}

/* What another file takes in is no map of its own. */
static void drop_taken_in(struct lint *lint) {
	size_t kept = 0;
	for (size_t i = 0; i < lint->files.count; i++) {
		struct file *file = lint->files.items[i];
		if (!file->role->settings_of || !file->source->includer)
			lint->files.items[kept++] = file;
	}
	lint->files.count = kept;
}

static void note_included(const struct file *file) {
	/* A map says itself which of the files that it names are a part of it. */
	const struct source_list *parts = file->role->settings_of ? &file->view->parts : &file->view->sources;
	for (size_t i = 0; i < parts->count; i++)
		if (parts->items[i] != file->source)
			parts->items[i]->includer = file->source;
}

void lint_read(struct lint *lint, const struct source_list *inputs) {
	const struct pack_list *packs = &lint->options->packs;
	for (size_t i = 0; i < packs->count; i++) {
		size_t end = packs->items[i]->first_setting + packs->items[i]->settings.count;
		lint->setting_count = end > lint->setting_count ? end : lint->setting_count;
	}
	for (size_t i = 0; i < inputs->count; i++)
		*list_add(lint->arena, &lint->sources) = inputs->items[i];
	for (size_t i = 0; i < inputs->count; i++)
		take_roles(lint, inputs->items[i]);
	take_all_mounted(lint);
	for (size_t i = 0; i < lint->files.count; i++)
		note_included(lint->files.items[i]);
	drop_taken_in(lint);
	read_all_handed(lint);
}
