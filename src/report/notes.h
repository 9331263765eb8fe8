/* What a report says of a finding besides its message, each under its name. */
#pragma once

#include "report/report.h"

struct note {
	const char *name;   /* "why" */
	struct text text;   /* never empty; may have several lines */
};

struct note_list LIST_OF(struct note);

/* In the order in which people need them. */
struct note_list notes_of(struct arena *arena, const struct diagnostic *diagnostic);

/* The message and, each on a line of its own, "name: text" of the notes. */
struct text notes_with_message(struct arena *arena, const struct diagnostic *diagnostic);
