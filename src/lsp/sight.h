/* What the declared readers of a file see of a value. */
#pragma once

#include "lsp/workspace.h"

/* Readers that see the same. */
struct sight {
	struct text_list readers;
	enum { SIGHT_VALUE, SIGHT_NOTHING, SIGHT_UNKNOWN, SIGHT_REFUSED } state;
	struct text text;    /* the value as it may be shown; of SIGHT_UNKNOWN the reason */
};

struct sight_list LIST_OF(struct sight);

/* What is in force for a subject of kind key; the sights last as long as the arena. */
struct sight_list sights_of(struct analysis *analysis, struct arena *arena, const struct subject *subject);

/* A value of a file as it may be shown: masked where it is a secret, or may be one. */
struct text sight_show(const struct analysis *analysis, struct arena *arena, struct value value);
