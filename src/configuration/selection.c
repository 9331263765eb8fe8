#include "configuration/selection.h"

#include "base/text_set.h"

void selection_make(struct selection *selection, struct arena *arena, const struct pack_list *packs)
{
	selection->arena = arena;
	for (size_t i = 0; i < packs->count; i++)
		for (size_t j = 0; j < packs->items[i]->rule_count; j++) {
			struct rule *rule = &packs->items[i]->rules[j];
			*list_add(arena, &selection->choices) = (struct choice){packs->items[i]->name, rule, rule->enabled};
		}
	struct rule *own = arena_new(arena, struct rule);
	own->id = TEXT("arilint/unused-suppression");
	own->enabled = true;
	own->severity = SEVERITY_WARNING;
	*list_add(arena, &selection->choices) = (struct choice){TEXT("arilint"), own, true};
	selection->unused_suppression = own;
}

/* How exactly a name names: the more, the higher. */
enum exactness { NAMES_PACK, NAMES_GLOB, NAMES_RULE, EXACTNESS_COUNT };

static enum exactness exactness_of(struct text name)
{
	if (text_find_byte(name, '*') != TEXT_NOT_FOUND || text_find_byte(name, '?') != TEXT_NOT_FOUND || text_is(name, "all"))
		return NAMES_GLOB;
	return text_find_byte(name, '/') == TEXT_NOT_FOUND ? NAMES_PACK : NAMES_RULE;
}

static bool is_meant(const struct choice *choice, struct text name)
{
	switch (exactness_of(name)) {
	case NAMES_PACK: return text_equal(choice->pack, name);
	case NAMES_GLOB: return text_is(name, "all") || text_matches_glob(choice->rule->id, name, NULL);
	case NAMES_RULE: return text_equal(choice->rule->id, name);
	case EXACTNESS_COUNT: break;
	}
	return false;
}

bool selection_knows(const struct selection *selection, struct text name)
{
	for (size_t i = 0; i < selection->choices.count; i++)
		if (is_meant(&selection->choices.items[i], name))
			return true;
	return false;
}

struct text_list selection_names(const struct selection *selection)
{
	struct text_list names = {0};
	for (size_t i = 0; i < selection->choices.count; i++) {
		const struct choice *choice = &selection->choices.items[i];
		if (i == 0 || !text_equal(choice->pack, choice[-1].pack))
			*list_add(selection->arena, &names) = choice->pack;
		*list_add(selection->arena, &names) = choice->rule->id;
	}
	return names;
}

static void apply_level(struct choice *choice, const struct level *level, enum exactness exactness)
{
	struct rule *rule = choice->rule;
	if (level->ignore) {
		rule->enabled = false;
		return;
	}
	rule->enabled = rule->enabled || exactness != NAMES_PACK;
	rule->severity = level->severity;
	rule->severity_chosen = true;
}

void selection_apply_levels(struct selection *selection, const struct level_list *levels)
{
	for (enum exactness exactness = NAMES_PACK; exactness < EXACTNESS_COUNT; exactness++)
		for (size_t i = 0; i < levels->count; i++) {
			const struct level *level = &levels->items[i];
			for (size_t j = 0; exactness_of(level->name->text) == exactness && j < selection->choices.count; j++)
				if (is_meant(&selection->choices.items[j], level->name->text))
					apply_level(&selection->choices.items[j], level, exactness);
		}
	for (size_t i = 0; i < selection->choices.count; i++)
		selection->choices.items[i].by_default = selection->choices.items[i].rule->enabled;
}

static struct text unknown_name(const struct selection *selection, const char *option, struct text name)
{
	struct text_list names = selection_names(selection);
	struct text near;
	*list_add(selection->arena, &names) = TEXT("all");
	*list_add(selection->arena, &names) = TEXT("none");
	*list_add(selection->arena, &names) = TEXT("default");
	if (text_list_nearest(selection->arena, &names, name, &near))
		return text_format(selection->arena, "%s: there is no rule or pack '%.*s'; did you mean '%.*s'?", option,
		                   TEXT_ARGUMENTS(name), TEXT_ARGUMENTS(near));
	return text_format(selection->arena, "%s: there is no rule or pack '%.*s'; `arilint rule` lists them", option,
	                   TEXT_ARGUMENTS(name));
}

static void apply_name(struct selection *selection, struct text name, bool enabled)
{
	bool by_default = enabled && exactness_of(name) == NAMES_PACK;
	for (size_t i = 0; i < selection->choices.count; i++) {
		struct choice *choice = &selection->choices.items[i];
		if (!is_meant(choice, name) && !(enabled && text_is(name, "default")))
			continue;
		if (!by_default || choice->by_default)
			choice->rule->enabled = enabled;
	}
}

static bool apply_lists(struct selection *selection, const char *option, const struct text_list *lists, bool enabled,
                        struct text *fault)
{
	for (size_t i = 0; i < lists->count; i++) {
		struct text rest = lists->items[i];
		do {
			struct text name = text_trim(text_cut(&rest, ','), " ");
			bool word = text_is(name, "none") || (enabled && text_is(name, "default"));
			if (!word && !selection_knows(selection, name)) {
				*fault = unknown_name(selection, option, name);
				return false;
			}
			apply_name(selection, name, enabled);
		} while (rest.length);
	}
	return true;
}

bool selection_apply(struct selection *selection, const struct text_list *select, const struct text_list *ignore,
                     struct text *fault)
{
	for (size_t i = 0; select->count && i < selection->choices.count; i++)
		selection->choices.items[i].rule->enabled = false;
	return apply_lists(selection, "--select", select, true, fault) &&
	       apply_lists(selection, "--ignore", ignore, false, fault);
}
