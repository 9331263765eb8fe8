/* What must be run so that programs read changed files again. */
#pragma once

#include "inventory/lint.h"

/* Adds those of the roles under which a source was read, or under which a file that includes it was. Files that are
 * copied and filled in before use need none. */
void handlers_of_source(const struct lint *lint, const struct source *source, struct text_list *names);

/* What the packs say is to be done by hand; the name itself where none says anything. */
struct text handlers_by_hand(const struct lint_options *options, struct text name);
