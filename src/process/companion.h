/* Programs beside this one, which link what it does not: arilint-verify, arilint-lsp. */
#pragma once

#include "base/text.h"

/* Opens such a program (O_PATH); -1 with a sentence in `*fault`. It is looked for beside this very program, in
 * ../libexec/arilint seen from there, and in the usual prefixes; never through PATH. It must belong to root, the effective
 * user or the owner of this program, and must not be writable by others. */
int companion_open(struct arena *arena, const char *name, struct text *fault);
