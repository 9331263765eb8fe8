/* What Asterisk leaves to the C library to match, as glibc does it in the C locale, whatever library this program
 * stands on: POSIX extended regular expressions and the wildcards of file names. PCRE2 matches both, without
 * backtracking. */
#pragma once

#include "base/text.h"

/* Lives as long as its arena. */
struct matcher;

/* As regcomp(3); NULL for what that refuses. Counted repetitions and back references must not be in it. */
struct matcher *matcher_of_expression(struct arena *arena, struct text text);

/* As fnmatch(3) with FNM_PERIOD, which takes `[` for itself where nothing closes it; NULL for what matches nothing. */
struct matcher *matcher_of_wildcards(struct arena *arena, struct text pattern);

/* A regular expression matches anywhere in the text, wildcards the whole; a NUL ends it. NULL matches nothing. */
bool matcher_takes(const struct matcher *matcher, struct text text);
