/* Checks: does a value hold? One function each, one line each in checks.def.
 * In: a value and what it is held against. Out: holds, holds not, or not to be told. */
#pragma once

#include "model/argument.h"

struct check {
	const char *name;
	enum argument_kind argument;
	const char *summary;

	/* Gets a present value unless `takes_absent` (an absent value else never holds); an unknown one only when it
	 * `takes_unknown`. */
	bool (*holds)(struct arena *arena, struct value value, const struct argument *argument);
	bool takes_absent;
	bool takes_unknown; /* else the rule is not evaluated where the value can't be told */
	bool is_among;      /* it holds of none but the argument's texts */
	bool looks_at_placeholders; /* argument->placeholder and ->filled_in are set for it alone */
};


/* All checks, for suggestions and for the reference; ends with NULL. */
extern const struct check *const checks[];
