#include "evaluate/match.h"

#include "base/ending.h"

/* Where all keys are plain names, the table of values answers. No other key is looked at than one that ends as one of them. */
static void find_matches(const struct glob_set *keys, bool any_case, struct file *file, const struct section_group *group,
                         struct match_list *matches) {
	const struct variable_list *variables = &group->first->variables;
	bool by_name = !keys->has_wildcards && (!any_case || file->role->any_case_keys);
	uint64_t endings = glob_set_endings(keys);
	if (file->view->endings && !(endings & file->view->endings->keys)) return;
	for (size_t i = 0; !by_name && i < variables->count; i++) {
		const struct variable *variable = &variables->items[i];
		struct text account;
		if (!(endings & ending_bit(variable->name))) continue;
		size_t glob = glob_set_find(keys, variable->name, any_case, &account);
		if (glob != TEXT_NOT_FOUND && file_variable(file, group, variable->name) == variable)
			*list_add(file->arena, matches) = (struct match){group, variable, account, glob};
	}
	for (size_t i = 0; by_name && i < keys->globs.count; i++) {
		const struct variable *variable = file_variable(file, group, keys->globs.items[i]);
		if (variable)
			*list_add(file->arena, matches) = (struct match){group, variable, TEXT(""), i};
	}
}

static void consider(struct chosen *choice, const struct match *match) {
	if (choice->match && match->glob == choice->match->glob)
		choice->several = true;
	if (choice->match && match->glob >= choice->match->glob) return;
	*choice = (struct chosen){match, false};
}

static void choose(struct arena *arena, struct matches *matches) {
	for (size_t i = 0; i < matches->list.count; i++) {
		const struct match *match = &matches->list.items[i];
		consider(&matches->any, match);
		if (matches->list.count == 1) return;
		consider(map_place(arena, &matches->by_account, match->account, sizeof(struct chosen)), match);
	}
}

/* Where the matches are kept. Most settings are sought in one section of a file only: the first one has a place at
 * hand. */
static struct matches **place_of_matches(const struct lint *lint, const struct setting *setting, struct file *file,
                                         const struct section_group *group) {
	if (!file->matches)
		file->matches = arena_array(file->arena, struct matches *, lint->setting_count);
	struct matches **first = &file->matches[setting->number];
	if (!*first || (*first)->group == group)
		return first;
	const void *identity[2] = {setting, group};
	struct text key = {(const char *)identity, sizeof(identity)};
	return map_place(file->arena, &file->found, key, sizeof(struct matches *));
}

/* What the run has named of a role's keys counts in the files that it speaks of. */
static const struct glob_set *keys_of(const struct lint *lint, const struct setting *setting, const struct file *file) {
	return file->named ? setting_keys_in(&lint->options->setting_keys, setting) : &setting->keys;
}

const struct matches *matches_find(const struct lint *lint, const struct setting *setting, struct file *file,
                                   const struct section_group *group) {
	struct matches **place = place_of_matches(lint, setting, file, group), *matches = *place;
	if (matches)
		return matches;
	*place = matches = arena_new(file->arena, struct matches);
	matches->group = group;
	find_matches(keys_of(lint, setting, file), setting->any_case, file, group, &matches->list);
	matches->fallback = !matches->list.count;
	if (matches->fallback)
		find_matches(&setting->fallback_keys, setting->any_case, file, group, &matches->list);
	choose(file->arena, matches);
	return matches;
}

static bool has_key_of(const struct lint *lint, const struct setting *setting, struct file *file) {
	for (size_t i = 0; i < file->groups.capacity; i++) {
		const struct section_group *group = file->groups.slots[i].value;
		if (group && matches_find(lint, setting, file, group)->list.count)
			return true;
	}
	return false;
}

bool file_is_recognised(const struct lint *lint, struct file *file) {
	const struct pack_list *packs = &lint->options->packs;
	bool asked = file->recognised != FILE_UNASKED, found = file->recognised == FILE_RECOGNISED;
	for (size_t i = 0; !asked && !found && i < packs->count; i++) {
		const struct pack *pack = packs->items[i];
		for (size_t j = 0; !found && j < pack->joined.count; j++) {
			const struct setting *setting = pack->settings.items[pack->joined.items[j]];
			/* A shared pack that is read once more has roles of its own. */
			found = setting->role && text_equal(setting->role->name, file->role->name) &&
			        has_key_of(lint, setting, file);
		}
	}
	file->recognised = found ? FILE_RECOGNISED : FILE_UNKNOWN;
	return found;
}
