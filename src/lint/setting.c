#include "lint/setting.h"

#include "lint/peer.h"

static void add_match(struct arena *arena, const struct text_list *keys, struct file *file,
                      const struct section_group *group, const struct variable *variable, struct match_list *matches)
{
	for (size_t i = 0; i < keys->count; i++) {
		struct text account;
		if (!text_matches_glob(variable->name, keys->items[i], &account))
			continue;
		if (file_variable(arena, file, group, variable->name) == variable)
			*list_add(arena, matches) = (struct match){group->first, variable, account, i};
		return;
	}
}

static bool has_globs(const struct text_list *keys)
{
	for (size_t i = 0; i < keys->count; i++)
		if (text_find_byte(keys->items[i], '*') != TEXT_NOT_FOUND)
			return true;
	return false;
}

/* Where all keys are plain names, the table of values answers; else every key is tried against the globs. */
static void find_matches(struct arena *arena, const struct text_list *keys, struct file *file,
                         const struct section_group *group, struct match_list *matches)
{
	const struct variable_list *variables = &group->first->variables;
	if (has_globs(keys)) {
		for (size_t i = 0; i < variables->count; i++)
			add_match(arena, keys, file, group, &variables->items[i], matches);
		return;
	}
	for (size_t i = 0; i < keys->count; i++) {
		const struct variable *variable = file_variable(arena, file, group, keys->items[i]);
		if (variable)
			*list_add(arena, matches) = (struct match){group->first, variable, TEXT(""), i};
	}
}

static const struct section_group *group_of(struct scope *scope, const struct setting *setting, struct file *file,
                                            struct value *section)
{
	*section = setting->section ? scope_text(scope, setting->section, true) : value_literal(TEXT(""));
	if (section->state != VALUE_PRESENT)
		return NULL;
	return setting->any_case ? file_group_any_case(file, section->text)
	                         : file_group(scope->lint->arena, file, section->text);
}

static const struct match_list *matches_in(struct scope *scope, const struct setting *setting, struct file *file,
                                           const struct section_group *group)
{
	struct arena *arena = scope->lint->arena;
	struct text key = text_format(arena, "%p %u", (const void *)setting, group->number);
	struct match_list *matches = map_get(&file->matches, key);
	if (!matches) {
		matches = arena_new(arena, struct match_list);
		map_put(arena, &file->matches, key, matches);
		find_matches(arena, &setting->keys, file, group, matches);
		if (!matches->count)
			find_matches(arena, &setting->fallback_keys, file, group, matches);
	}
	return matches;
}

const struct match_list *setting_matches(struct scope *scope, const struct setting *setting, struct file *file)
{
	struct value section;
	const struct section_group *group = group_of(scope, setting, file, &section);
	return group ? matches_in(scope, setting, file, group) : NULL;
}

/* Of several matches: those of the thing's account, and of these the ones that the earliest glob matches. */
static const struct match *choose(struct scope *scope, const struct match_list *matches, bool *several)
{
	const struct match *chosen = NULL;
	bool by_account = matches->count > 1 && scope->look->kind == THING_SETTING;
	for (size_t i = 0; i < matches->count; i++) {
		const struct match *match = &matches->items[i];
		if (by_account && !text_equal(match->account, scope->thing.account))
			continue;
		if (chosen && match->glob == chosen->glob)
			*several = true;
		if (chosen && match->glob >= chosen->glob)
			continue;
		chosen = match;
		*several = false;
	}
	return chosen;
}

static struct value found_value(struct scope *scope, const struct setting *setting, struct file *file,
                                const struct section_group *group)
{
	if (!setting->keys.count)
		return value_of_section(file, group->first);
	bool several = false;
	const struct match *match = choose(scope, matches_in(scope, setting, file, group), &several);
	if (several)
		return value_unknown(text_format(scope->lint->arena, "several keys of %.*s could be meant by %.*s",
		                                 TEXT_ARGUMENTS(file->source->path), TEXT_ARGUMENTS(setting->name)));
	return match ? value_of_variable(file, match->section, match->variable) : value_absent(file, group->first);
}

static struct value composed_value(struct scope *scope, const struct setting *setting)
{
	struct value value = value_absent(scope->thing.file, NULL);
	for (size_t i = 0; i < setting->text_count; i++) {
		value = scope_text(scope, &setting->texts[i], true);
		if (value.state != VALUE_ABSENT)
			return value;
	}
	return value;
}

struct value setting_value(struct scope *scope, const struct setting *setting)
{
	struct text reason = TEXT("");
	struct value section;
	if (!setting->role)
		return composed_value(scope, setting);
	struct file *file = peer_of(scope->lint, scope->thing.file, setting->role, &reason);
	if (!file)
		return value_unknown(reason);
	const struct section_group *group = group_of(scope, setting, file, &section);
	if (section.state == VALUE_UNKNOWN)
		return section;
	struct value value = group ? found_value(scope, setting, file, group) : value_absent(file, NULL);
	if (value.state != VALUE_ABSENT || !setting->has_default)
		return value;
	struct place place = value.place;
	value = value_literal(setting->default_text);
	value.file = file;
	value.place = place;
	value.section = group ? group->first : NULL;
	return value;
}
