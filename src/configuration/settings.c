/* Further keys of the packs' settings: names that only this project's files have. */
#include "base/path.h"
#include "configuration/load.h"
#include "redact/redact.h"

/* PACK/SETTING, or NULL with a fault that says which there are. */
static const struct setting *find_setting(struct loader *loader, const struct pack_list *packs, const struct node *name) {
	struct text_list names = {0};
	for (size_t i = 0; i < packs->count; i++)
		for (size_t j = 0; j < packs->items[i]->settings.count; j++) {
			const struct setting *setting = packs->items[i]->settings.items[j];
			struct text id = text_format(loader->arena, "%.*s/%.*s", TEXT_ARGUMENTS(packs->items[i]->name),
			                             TEXT_ARGUMENTS(setting->name));
			if (text_equal(id, name->text) && setting->keys.globs.count)
				return setting;
			if (setting->keys.globs.count)
				*list_add(loader->arena, &names) = id;
		}
	struct text near, help = TEXT("`arilint rule --settings` lists them");
	if (text_list_nearest(loader->arena, &names, name->text, &near))
		help = text_format(loader->arena, "did you mean '%.*s'?", TEXT_ARGUMENTS(near));
	loader_fault(loader, name, help, "no pack has a setting '%.*s' with keys", TEXT_ARGUMENTS(name->text));
	return NULL;
}

static bool check_glob(struct loader *loader, const struct node *node, struct text glob) {
	if (text_trim(glob, "*?_-.").length && glob.length <= PATH_LONGEST_GLOB) return true;
	loader_fault(loader, node, TEXT(""), "a key's name has a letter, and at most %d bytes", PATH_LONGEST_GLOB);
	return false;
}

/* What the pack shows of a setting is shown of its further keys, too. */
static bool is_shown(const struct setting *setting) {
	for (size_t i = 0; i < setting->keys.globs.count; i++)
		if (redact_names_secret(setting->keys.globs.items[i]))
			return false;
	return !role_hides(setting->role, setting->keys.globs.items[0]);
}

static struct named_keys *named_keys_of(struct arena *arena, struct lint_options *options, const struct role *role) {
	struct named_keys_list *list = &options->named_keys;
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].role == role)
			return &list->items[i];
	struct named_keys *named = list_add(arena, list);
	*named = (struct named_keys){.role = role};
	return named;
}

static void add_once(struct arena *arena, struct glob_set *keys, struct text glob) {
	if (!text_list_has(&keys->globs, glob))
		glob_set_add(arena, keys, glob);
}

static void add_keys(struct arena *arena, struct lint_options *options, const struct setting *setting,
                     const struct text_list *named, struct text name) {
	struct setting_keys keys = {.name = name, .setting = setting, .named = *named};
	struct named_keys *of_role = named_keys_of(arena, options, setting->role);
	for (size_t i = 0; i < named->count; i++) {
		add_once(arena, &keys.keys, named->items[i]);
		glob_set_add(arena, is_shown(setting) ? &of_role->shown : &of_role->hidden, named->items[i]);
	}
	for (size_t i = 0; i < setting->keys.globs.count; i++)
		add_once(arena, &keys.keys, setting->keys.globs.items[i]);
	*list_add(arena, &options->setting_keys) = keys;
}

void load_settings(struct loader *loader, const struct node *node, struct lint_options *options) {
	struct map seen = {0};
	if (!load_map(loader, node, "settings")) return;
	for (size_t i = 0; i < node->count; i++) {
		const struct node *name = &node->items[2 * i], *globs = &node->items[2 * i + 1];
		struct text_list keys = {0};
		if (!load_key(loader, &seen, name)) continue;
		const struct setting *setting = find_setting(loader, &options->packs, name);
		bool sound = load_texts(loader, globs, &keys) && setting;
		for (size_t j = 0; sound && j < keys.count; j++)
			sound = check_glob(loader, globs->kind == NODE_LIST ? &globs->items[j] : globs, keys.items[j]);
		if (sound)
			add_keys(loader->arena, options, setting, &keys, name->text);
	}
}
