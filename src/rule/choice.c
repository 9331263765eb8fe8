#include "rule/choice.h"

const struct glob_set *setting_keys_in(const struct setting_keys_list *list, const struct setting *setting) {
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].setting == setting)
			return &list->items[i].keys;
	return &setting->keys;
}

void rule_choices_add(struct arena *arena, struct rule_choice_list *choices, const struct pack_list *packs) {
	for (size_t i = 0; i < packs->count; i++)
		for (size_t j = 0; j < packs->items[i]->rules.count; j++) {
			const struct rule *rule = &packs->items[i]->rules.items[j];
			*list_add(arena, choices) =
				(struct rule_choice){packs->items[i], rule, rule->enabled, rule->severity, false};
		}
}
