/* What a file is for, by words in its name and in those of its folders below the ones that the user named.
 * Nothing is asked of the disk. */
#pragma once

#include "inventory/lint.h"

/* Of `.env.staging` its layer's environment, of `staging.env` and `staging/.env` a word that the pack knows; empty for any. */
struct text purpose_of(const struct lint *lint, const struct pack *pack, const struct file *file);

/* Whether two words, neither empty, mean one purpose: `prod` and `production` do. */
bool purpose_is_one(struct text a, struct text b);

/* Whether another live file of its role and group is for something else, or lies beside it and is for anything. */
bool purpose_differs(struct lint *lint, const struct pack *pack, struct file *file);
