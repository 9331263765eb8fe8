/* Filters, as in `{env_url|url_port}`. One function each, one line each in filters.def.
 * In: a value. Out: another value. */
#pragma once

#include "model/argument.h"

struct filter {
	const char *name;
	enum argument_kind argument;
	const char *summary;

	/* Gets a present value unless `takes_absent`; gives a present or an absent one. */
	struct value (*apply)(struct arena *arena, struct value value, const struct argument *argument);
	/* Whether it gives no value for anything of the file; told by the file alone. May be NULL. */
	bool (*never)(const struct file *file, const struct reader *const *asked);
	bool takes_absent;
	bool of_text;       /* wherever a text stands, it makes the same of it */
	bool asks_machine;  /* or reads the file once more: rules ask what is cheaper first */
};

/* NULL when there is none of that name. */
const struct filter *filter_find(struct text name);

/* All filters, for suggestions and for the reference; ends with NULL. */
extern const struct filter *const filters[];
