/* The secrets of the files, taken out of what programs print. */
#ifndef ARILINT_HANDLER_MASK_H
#define ARILINT_HANDLER_MASK_H

#include "inventory/lint.h"

struct mask {
	struct arena *arena;
	struct map known;
	struct text_list secrets;
	size_t longest;
	bool overrun;         /* too many to look for: nothing may be shown */
};

/* Adds the secrets of all files of a finished run whose secrets are concealed (lint_conceal()), as they are written and as
 * programs read them. */
void mask_add(struct mask *mask, const struct lint *lint);

/* A text with each secret in it masked; one of fewer than four bytes only where it stands alone. `cut` says that the text
 * goes on: what may be the beginning of a secret at its end is left out. */
struct text mask_apply(const struct mask *mask, struct text text, bool cut);

#endif
