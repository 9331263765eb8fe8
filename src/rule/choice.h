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

/* The keys of a setting where a run has named more than the pack does: those of the run come first. */
struct setting_keys {
	struct text name;        /* PACK/SETTING */
	const struct setting *setting;
	struct text_list named;  /* by the run */
	struct glob_set keys;    /* these, then the pack's */
};

struct setting_keys_list LIST_OF(struct setting_keys);

/* The globs of a setting's keys in this run. */
const struct glob_set *setting_keys_in(const struct setting_keys_list *list, const struct setting *setting);

/* Adds all rules of the packs, as the packs say. */
void rule_choices_add(struct arena *arena, struct rule_choice_list *choices, const struct pack_list *packs);
