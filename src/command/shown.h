/* What `dump` may show of a file: it is read without a run of the linter, and masked as if by one. */
#pragma once

#include "model/role.h"

struct shown {
	struct arena *arena;
	struct LIST_OF(const struct role *) roles; /* that the file's name has in the built-in packs; without one all is masked */
};

/* Finds the roles, and lets the process know the secrets of the view. */
struct shown shown_make(struct arena *arena, struct text path, const struct view *view);

/* The value that a program sees, or its mask. */
struct text shown_value(const struct shown *shown, const struct variable *variable);

/* Names of sections and keys, and what a reader says. */
struct text shown_words(const struct shown *shown, struct text words);
