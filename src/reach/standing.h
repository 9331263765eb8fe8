/* What a file is in the set-up that runs: whole or a part, settled or in a merge conflict, written by people or by a
 * program. */
#pragma once

#include "inventory/lint.h"
#include "reach/certainty.h"

/* How certain it is that what a file lacks stands nowhere else: not of a part that another file includes, nor where the
 * whole file may be another one. */
struct reach standing_of_absence(struct lint *lint, const struct pack *pack, struct file *file);

/* How certain it is that what a file asks for (a name, or "#exec") and what is not here is not there either where it is used. */
struct reach standing_of_include(struct lint *lint, const struct pack *pack, struct file *file, struct text name);

/* Whether a line begins with the marks that git leaves where two versions of a file could not be merged. */
bool standing_in_conflict(struct file *file);

/* Whether a program writes the file: by its name, or by what one of its first lines says. */
bool standing_generated(struct arena *arena, const struct pack *pack, const struct source *source);
