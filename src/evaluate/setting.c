#include "evaluate/setting.h"

#include "inventory/peer.h"

static void add_match(const struct text_list *keys, struct file *file, const struct section_group *group,
                      const struct variable *variable, struct match_list *matches)
{
	struct text account;
	size_t glob = 0;
	while (glob < keys->count && !text_matches_glob(variable->name, keys->items[glob], &account))
		glob++;
	if (glob < keys->count && file_variable(file, group, variable->name) == variable)
		*list_add(file->arena, matches) = (struct match){group, variable, account, glob};
}

static bool has_globs(const struct text_list *keys)
{
	for (size_t i = 0; i < keys->count; i++)
		if (text_find_byte(keys->items[i], '*') != TEXT_NOT_FOUND)
			return true;
	return false;
}

/* Where all keys are plain names, the table of values answers. */
static void find_matches(const struct text_list *keys, struct file *file, const struct section_group *group,
                         struct match_list *matches)
{
	const struct variable_list *variables = &group->first->variables;
	bool globs = has_globs(keys);
	for (size_t i = 0; globs && i < variables->count; i++)
		add_match(keys, file, group, &variables->items[i], matches);
	for (size_t i = 0; !globs && i < keys->count; i++) {
		const struct variable *variable = file_variable(file, group, keys->items[i]);
		if (variable)
			*list_add(file->arena, matches) = (struct match){group, variable, TEXT(""), i};
	}
}

static const struct section_group *group_of(struct context *context, const struct setting *setting, struct file *file,
                                            struct value *section)
{
	*section = setting->section ? context_text(context, setting->section, true) : value_literal(TEXT(""));
	if (section->state != VALUE_PRESENT)
		return NULL;
	return setting->any_case ? file_group_any_case(file, section->text) : file_group(file, section->text);
}

/* Of several matches the one that the earliest glob matches. */
struct choice {
	const struct match *match;
	bool several;             /* that glob matches more than one */
};

/* The matches of a setting in one section of a file, and what is chosen of them. */
struct matches {
	const struct section_group *group;
	struct match_list list;
	struct choice any;        /* whatever the account */
	struct map by_account;    /* account -> struct choice */
};

static void consider(struct choice *choice, const struct match *match)
{
	if (choice->match && match->glob == choice->match->glob)
		choice->several = true;
	if (choice->match && match->glob >= choice->match->glob)
		return;
	*choice = (struct choice){match, false};
}

static void choose(struct arena *arena, struct matches *matches)
{
	for (size_t i = 0; i < matches->list.count; i++) {
		const struct match *match = &matches->list.items[i];
		consider(&matches->any, match);
		if (matches->list.count == 1)
			return;
		struct choice *choice = map_get(&matches->by_account, match->account);
		if (!choice)
			choice = map_put(arena, &matches->by_account, match->account, arena_new(arena, struct choice));
		consider(choice, match);
	}
}

/* Where the matches are kept. Most settings are sought in one section of a file only: the first one has a place at hand. */
static struct matches **place_of_matches(struct context *context, const struct setting *setting, struct file *file,
                                         const struct section_group *group)
{
	if (!file->matches)
		file->matches = arena_array(file->arena, struct matches *, context->pack->setting_count);
	struct matches **first = &file->matches[setting - context->pack->settings];
	if (!*first || (*first)->group == group)
		return first;
	const void *identity[2] = {setting, group};
	struct text key = {(const char *)identity, sizeof(identity)};
	struct matches **place = map_get(&file->found, key);
	return place ? place : map_put(file->arena, &file->found, text_copy(file->arena, key),
	                               arena_new(file->arena, struct matches *));
}

/* Matches are sought once for each file and section. */
static const struct matches *matches_in(struct context *context, const struct setting *setting, struct file *file,
                                        const struct section_group *group)
{
	struct matches **place = place_of_matches(context, setting, file, group), *matches = *place;
	if (matches)
		return matches;
	*place = matches = arena_new(file->arena, struct matches);
	matches->group = group;
	find_matches(&setting->keys, file, group, &matches->list);
	if (!matches->list.count)
		find_matches(&setting->fallback_keys, file, group, &matches->list);
	choose(file->arena, matches);
	return matches;
}

const struct match_list *setting_matches(struct context *context, const struct setting *setting, struct file *file)
{
	struct value section;
	const struct section_group *group = group_of(context, setting, file, &section);
	return group ? &matches_in(context, setting, file, group)->list : NULL;
}

/* Of several matches those of the thing's account. */
static struct choice choice_for(const struct context *context, const struct matches *matches)
{
	if (matches->list.count < 2 || !(context->look->kind & (THING_SETTING | THING_ANSWER)))
		return matches->any;
	const struct choice *choice = map_get(&matches->by_account, context->thing.account);
	return choice ? *choice : (struct choice){NULL, false};
}

static struct value found_value(struct context *context, const struct setting *setting, struct file *file,
                                const struct section_group *group)
{
	if (!setting->keys.count)
		return value_of_section(file, group->first);
	struct choice choice = choice_for(context, matches_in(context, setting, file, group));
	if (choice.several)
		return value_unknown(text_format(context->arena, "several keys of %.*s could be meant by %.*s",
		                                 TEXT_ARGUMENTS(file->source->path), TEXT_ARGUMENTS(setting->name)));
	if (!choice.match)
		return value_absent(file, group->first);
	return value_of_variable(file, choice.match->group->first, choice.match->variable);
}

static struct value composed_value(struct context *context, const struct setting *setting)
{
	struct value value = value_absent(context->thing.file, NULL);
	for (size_t i = 0; i < setting->text_count; i++) {
		value = context_text(context, &setting->texts[i], true);
		if (value.state != VALUE_ABSENT)
			return value;
	}
	return value;
}

struct value setting_value(struct context *context, const struct setting *setting)
{
	struct text reason = TEXT("");
	struct value section;
	if (!setting->role)
		return composed_value(context, setting);
	struct file *file = peer_of(context->lint, context->thing.file, setting->role, &reason);
	if (!file)
		return value_unknown(reason);
	const struct section_group *group = group_of(context, setting, file, &section);
	if (section.state == VALUE_UNKNOWN)
		return section;
	struct value value = group ? found_value(context, setting, file, group) : value_absent(file, NULL);
	if (value.state != VALUE_ABSENT || !setting->has_default)
		return value;
	struct place place = value.place;
	value = value_literal(setting->default_text);
	value.file = file;
	value.place = place;
	value.section = group ? group->first : NULL;
	return value;
}
