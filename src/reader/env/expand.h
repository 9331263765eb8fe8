/* What readers share that expand values. There are bounds on what expansions may add: a few lines that double a value
 * each would otherwise fill the memory. */
#pragma once

#include "base/buffer.h"
#include "reader/env/env.h"

/* Whether an expansion may add `length` bytes. All expansions of one file may add 1 MiB together; going beyond it is a
 * fault at `place` the first time. */
bool env_can_expand(struct env_scan *scan, size_t length, struct span place);

/* Adds the value of a variable to `out`, or leaves it out where the bound is reached. NULL adds nothing. */
void env_expand(struct env_scan *scan, struct buffer *out, const struct text *value, struct span place);

/* What a name stands for, first in the environment and then in the file; NULL when it is not set. The value that is told
 * next is in doubt where the file does not settle this one. */
const struct text *env_lookup(struct env_scan *scan, struct text name);

/* The same, first in the file and then in the environment. */
const struct text *env_lookup_given(struct env_scan *scan, struct text name);

/* Ruby's dotenv and those that took its expression over: (\\)?\$\{?([A-Z0-9_]+)?\}? */
struct env_dollars {
	bool any_case;                            /* names hold small letters, too */
	enum {
		PARENTHESIS_ENDS,                 /* no part of it */
		PARENTHESIS_TAKEN,                /* `(` may stand behind the `$` and goes with it */
		PARENTHESIS_COMMAND               /* `$(` is no variable */
	} parenthesis;
	const struct text *(*lookup)(struct env_scan *, struct text name); /* NULL: all stay as they are */
};

/* The value with its variables replaced, and without the backslashes that protect a `$`. */
struct text env_substitute(struct env_scan *scan, struct text value, const struct env_dollars *dollars,
                           struct span place);

/* For each `(` of a value the offset behind the `)` that closes it, else 0. Empty ones, and those in which an empty one
 * stands, do not count. */
size_t *env_find_closing(struct arena *arena, struct text value);

/* The value with a byte of `means` for each backslash and byte of `names`, the two in the same order. The value itself when
 * it has no backslash. */
struct text env_unescape(struct arena *arena, struct text value, const char *names, const char *means);

/* The value without the backslashes that stand before anything but the byte `but`. */
struct text env_strip_backslashes(struct arena *arena, struct text value, char but);
