/* One attempt to make the fixes that are allowed, and what is allowed. */
#pragma once

#include "fixer/result.h"

/* A fix, told apart by what it mends. */
struct choice {
	bool allowed;
	bool follows;       /* it mends what other fixes have left behind */
	bool last;          /* it is made where nothing else is left to be made */
	struct text reason; /* why it is left out for good; empty otherwise */
};

struct choices {
	enum safety safety;
	bool by_rule; /* fixes are told apart without the messages: where fixes undo each other, these may change */
	bool closed;  /* fixes that are not listed are not allowed */
	struct map by_key;
	struct map crossings; /* see fixer/crossing.h */
	struct LIST_OF(struct choice *) made; /* in the order in which they were first made */
};

/* Makes the fixes that are allowed, until none is left, and lists those that it made. The findings of the result say
 * nothing yet of what was left out. */
struct fixer_result attempt_run(struct lint *first, const struct source_list *inputs, struct choices *choices);

/* What a fix is told apart by: what it mends. In the arena. */
struct text choice_key(struct arena *arena, const struct choices *choices, const struct diagnostic *diagnostic);

/* What was chosen for the fix of a finding; NULL when it is not listed. */
const struct choice *choice_of(struct arena *arena, const struct choices *choices, const struct diagnostic *diagnostic);
