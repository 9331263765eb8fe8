/* Which rules a run judges by, and how severely. */
#ifndef ARILINT_CONFIGURATION_SELECTION_H
#define ARILINT_CONFIGURATION_SELECTION_H

#include "inventory/lint.h"

/* What a configuration says of some rules. */
struct level {
	const struct node *name;       /* PACK/RULE, a glob of those, or PACK */
	bool ignore;
	enum severity severity;        /* unless ignored */
};

struct level_list LIST_OF(struct level);

/* A rule that can be named. */
struct choice {
	struct text pack;
	struct rule *rule;
	bool by_default;               /* on when nothing is selected */
};

struct selection {
	struct arena *arena;
	struct LIST_OF(struct choice) choices;
	struct rule *unused_suppression; /* a rule of the program itself: it can only be left out */
};

/* All rules of the packs, and `arilint/unused-suppression`. */
void selection_make(struct selection *selection, struct arena *arena, const struct pack_list *packs);

/* Whether a name means at least one rule: PACK/RULE, a glob, PACK; `all`. */
bool selection_knows(const struct selection *selection, struct text name);

/* What can be named. */
struct text_list selection_names(const struct selection *selection);

/* Puts levels in force: of several that mean a rule, the one that names it most exactly; of these the last. A severity
 * switches a rule on, but one for a whole PACK leaves off what is off. */
void selection_apply_levels(struct selection *selection, const struct level_list *levels);

/* Puts --select (empty: what is on by default) and --ignore in force: lists of names with commas between. Besides those
 * above there are `none` and, of --select, `default`; PACK selects what of it is on by default. False with a reason when
 * a name means nothing. */
bool selection_apply(struct selection *selection, const struct text_list *select, const struct text_list *ignore,
                     struct text *fault);

#endif
