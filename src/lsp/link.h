/* Which statements of different files the rules hold against each other. */
#pragma once

#include "evaluate/context.h"

struct link {
	const struct rule *rule;
	struct value one, other; /* each a statement or a section of a file */
};

/* Visits each of which one side stands in a file, or all (NULL), rule by rule. Values live as long as the arena. */
void links_each(struct lint *lint, struct arena *arena, const struct file *about, void (*visit)(void *data, const struct link *link), void *data);

/* Whether a value stands in this statement, or is this section. */
bool link_is_entry(struct value value, const struct entry *entry);
bool link_is_header(struct value value, const struct header *header);

/* Its key, or the section's name. */
struct place link_place(struct value value);
