/* Which rules a run judges by, and how severely. */
#pragma once

#include "inventory/lint.h"
#include "yaml/node.h"

/* What a configuration says of some rules. */
struct level {
	const struct node *name;       /* PACK/RULE, a glob of those, or PACK */
	bool ignore;
	enum severity severity;        /* unless ignored */
};

struct level_list LIST_OF(struct level);

/* All rules of the packs as they say, and `arilint/unused-suppression`, which is the program's own. */
void selection_make(struct arena *arena, const struct pack_list *packs, struct rule_choice_list *choices);

/* Switches the rules of a repository's packs off: for files that lie outside of it. */
void selection_leave_out_confined(struct rule_choice_list *choices);

/* Whether a name means at least one rule: PACK/RULE, a glob, PACK; `all`. */
bool selection_knows(const struct rule_choice_list *choices, struct text name);

/* What can be named. */
struct text_list selection_names(struct arena *arena, const struct rule_choice_list *choices);

/* Puts levels in force: of several that mean a rule, the one that names it most exactly; of these the last. A severity
 * switches a rule on, but one for a whole PACK leaves off what is off. */
void selection_apply_levels(struct rule_choice_list *choices, const struct level_list *levels);

/* Puts --select (empty: what is on already) and --ignore in force: lists of names with commas between. Besides those
 * above there are `none` and, of --select, `default`; PACK selects what of it is on already. False with a reason when
 * a name means nothing. */
bool selection_apply(struct arena *arena, struct rule_choice_list *choices, const struct text_list *select,
                     const struct text_list *ignore, struct text *fault);

/* Whether suppression comments that silence nothing are told. */
bool selection_tells_unused_suppressions(const struct rule_choice_list *choices);
