/* What settings are as seen from the file that is judged: worked out once, however many rules ask. */
#pragma once

#include "evaluate/context.h"

struct known_value;

/* Zero-initialise to use. */
struct known_values {
	struct arena arena;
	const struct known_value **of; /* by the number of the setting */
};

/* Sets `*value` to what the setting is as seen from the context's subject, and notes what was asked for then; false where it
 * is not known. */
bool known_take(struct context *context, const struct setting *setting, struct value *value);

/* Keeps a value for the context's subject, and notes in the context what `asking` has asked for to find it. Not all is
 * kept: the memory is bounded. */
void known_keep(struct context *context, const struct setting *setting, const struct context *asking, struct value value);

/* Forgets all, for the next file. */
void known_forget(struct known_values *known);
