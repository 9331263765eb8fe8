#include "configuration/selection.h"

#include "base/text_set.h"

static const struct rule unused_suppression = {
	.id = TEXT_INIT("arilint/unused-suppression"), .enabled = true, .severity = SEVERITY_WARNING};

void selection_make(struct arena *arena, const struct pack_list *packs, struct rule_choice_list *choices) {
	rule_choices_add(arena, choices, packs);
	*list_add(arena, choices) = (struct rule_choice){NULL, &unused_suppression, true, SEVERITY_WARNING, false};
}

void selection_leave_out_confined(struct rule_choice_list *choices) {
	for (size_t i = 0; i < choices->count; i++)
		if (choices->items[i].pack && choices->items[i].pack->confined)
			choices->items[i].enabled = false;
}

bool selection_tells_unused_suppressions(const struct rule_choice_list *choices) {
	return choices->items[choices->count - 1].enabled;
}

static struct text pack_of(const struct rule_choice *choice) {
	return choice->pack ? choice->pack->name : TEXT("arilint");
}

/* How exactly a name names: the more, the higher. */
enum exactness { NAMES_PACK, NAMES_GLOB, NAMES_RULE, EXACTNESS_COUNT };

static enum exactness exactness_of(struct text name) {
	if (text_find_byte(name, '*') != TEXT_NOT_FOUND || text_find_byte(name, '?') != TEXT_NOT_FOUND ||
	    text_is(name, "all"))
		return NAMES_GLOB;
	return text_find_byte(name, '/') == TEXT_NOT_FOUND ? NAMES_PACK : NAMES_RULE;
}

static bool is_meant(const struct rule_choice *choice, struct text name) {
	switch (exactness_of(name)) {
	case NAMES_PACK: return text_equal(pack_of(choice), name);
	case NAMES_GLOB: return text_is(name, "all") || text_matches_glob(choice->rule->id, name, NULL);
	case NAMES_RULE: return text_equal(choice->rule->id, name);
	case EXACTNESS_COUNT: break;
	}
	return false;
}

bool selection_knows(const struct rule_choice_list *choices, struct text name) {
	for (size_t i = 0; i < choices->count; i++)
		if (is_meant(&choices->items[i], name))
			return true;
	return false;
}

struct text_list selection_names(struct arena *arena, const struct rule_choice_list *choices) {
	struct text_list names = {0};
	for (size_t i = 0; i < choices->count; i++) {
		const struct rule_choice *choice = &choices->items[i];
		if (i == 0 || choice->pack != choice[-1].pack)
			*list_add(arena, &names) = pack_of(choice);
		*list_add(arena, &names) = choice->rule->id;
	}
	return names;
}

static void apply_level(struct rule_choice *choice, const struct level *level, enum exactness exactness) {
	if (level->ignore) {
		choice->enabled = false;
		return;
	}
	choice->enabled = choice->enabled || exactness != NAMES_PACK;
	choice->severity = level->severity;
	choice->severity_chosen = true;
}

void selection_apply_levels(struct rule_choice_list *choices, const struct level_list *levels) {
	for (enum exactness exactness = NAMES_PACK; exactness < EXACTNESS_COUNT; exactness++)
		for (size_t i = 0; i < levels->count; i++) {
			const struct level *level = &levels->items[i];
			for (size_t j = 0; exactness_of(level->name->text) == exactness && j < choices->count; j++)
				if (is_meant(&choices->items[j], level->name->text))
					apply_level(&choices->items[j], level, exactness);
		}
}

static struct text unknown_name(struct arena *arena, const struct rule_choice_list *choices, const char *option,
                                struct text name) {
	struct text_list names = selection_names(arena, choices);
	struct text near;
	*list_add(arena, &names) = TEXT("all");
	*list_add(arena, &names) = TEXT("none");
	*list_add(arena, &names) = TEXT("default");
	if (text_list_nearest(arena, &names, name, &near))
		return text_format(arena, "%s: there is no rule or pack '%.*s'; did you mean '%.*s'?", option,
		                   TEXT_ARGUMENTS(name), TEXT_ARGUMENTS(near));
	return text_format(arena, "%s: there is no rule or pack '%.*s'; `arilint rule` lists them", option,
	                   TEXT_ARGUMENTS(name));
}

/* `before`: what was on before anything was selected. */
static void apply_name(struct rule_choice_list *choices, const bool *before, struct text name, bool enabled) {
	bool by_default = enabled && exactness_of(name) == NAMES_PACK;
	for (size_t i = 0; i < choices->count; i++) {
		struct rule_choice *choice = &choices->items[i];
		bool meant = is_meant(choice, name) || (enabled && text_is(name, "default"));
		if (meant && (!by_default || before[i]))
			choice->enabled = enabled;
	}
}

struct selecting {
	struct arena *arena;
	struct rule_choice_list *choices;
	const bool *before;
	struct text *fault;
};

static bool apply_lists(struct selecting *selecting, const char *option, const struct text_list *lists, bool enabled) {
	for (size_t i = 0; i < lists->count; i++) {
		struct text rest = lists->items[i];
		do {
			struct text name = text_trim(text_cut(&rest, ','), " ");
			bool word = text_is(name, "none") || (enabled && text_is(name, "default"));
			if (!word && !selection_knows(selecting->choices, name)) {
				*selecting->fault = unknown_name(selecting->arena, selecting->choices, option, name);
				return false;
			}
			apply_name(selecting->choices, selecting->before, name, enabled);
		} while (rest.length);
	}
	return true;
}

bool selection_apply(struct arena *arena, struct rule_choice_list *choices, const struct text_list *select,
                     const struct text_list *ignore, struct text *fault) {
	bool *before = arena_array(arena, bool, choices->count);
	struct selecting selecting = {arena, choices, before, fault};
	for (size_t i = 0; i < choices->count; i++) {
		before[i] = choices->items[i].enabled;
		choices->items[i].enabled = before[i] && !select->count;
	}
	return apply_lists(&selecting, "--select", select, true) && apply_lists(&selecting, "--ignore", ignore, false);
}
