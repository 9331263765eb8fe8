/* Checks: does a value hold? One function each, one line each in checks.def. */
#ifndef ARILINT_CHECK_CHECK_H
#define ARILINT_CHECK_CHECK_H

#include "model/argument.h"

struct check {
	const char *name;
	enum argument_kind argument;
	const char *summary;

	/* Gets a present value unless `takes_absent` (an absent value else never holds); an unknown one only when it
	 * `takes_unknown`. */
	bool (*holds)(struct arena *arena, struct value value, const struct argument *argument);

	/* The same of the text alone, for checks that need no more; `lowered`: of the text in lower case. May be NULL. */
	bool (*holds_text)(struct text text, const struct argument *argument, bool lowered);
	/* Of an absent one, for checks that take it and have `holds_text`. */
	bool (*holds_absent)(const struct argument *argument);

	/* The same of two texts, for checks against a reference. May be NULL. */
	bool (*holds_texts)(struct text text, bool lowered, struct text other, bool other_lowered);
	bool takes_absent;
	bool takes_unknown; /* else the rule is not evaluated where the value can't be told */
	bool looks_at_placeholders; /* value.placeholder is set for it alone */
};

/* NULL when there is none of that name. */
const struct check *check_find(struct text name);

/* All checks, for suggestions and for the reference; ends with NULL. */
extern const struct check *const checks[];

#endif
