/* What one run makes of the rules of its packs. Packs are immutable: this is where it stands. */
#pragma once

#include "rule/pack.h"

struct rule_choice {
	const struct pack *pack; /* whose rule it is; NULL: arilint's own */
	const struct rule *rule;
	bool enabled;
	enum severity severity;
	bool severity_chosen; /* `by_target` leaves it as it is */
};

struct rule_choice_list LIST_OF(struct rule_choice);

/* Adds all rules of the packs, as the packs say. */
void rule_choices_add(struct arena *arena, struct rule_choice_list *choices, const struct pack_list *packs);
