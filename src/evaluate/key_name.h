/* The names of keys, each once for a run. What a rule thinks of a name is found out once, not for every file that has such a
 * key. */
#pragma once

#include "base/map.h"
#include "reader/view.h"

enum key_answer { KEY_UNASKED, KEY_YES, KEY_NO };

struct key_name {
	unsigned char *answers; /* by question: enum key_answer */
	size_t capacity;
	const struct view *noted_in; /* the last view that it was found in */
};

/* The names of a view, each once. */
struct view_key_names {
	struct LIST_OF(struct key_name *) names;
	bool beyond;      /* there are others, beyond the bound */
};

/* Sets the view's `key_names` and `known_name` of its variables, once. `names`: all names of a run -> struct key_name, up to
 * a bound that only a hostile file reaches; of names beyond it `known_name` stays NULL. */
void key_names_note(struct arena *arena, struct map *names, struct view *view);

/* The answer so far; KEY_UNASKED of NULL. */
static inline enum key_answer key_name_answer(const struct key_name *name, size_t question) {
	return name && question < name->capacity ? (enum key_answer)name->answers[question] : KEY_UNASKED;
}

/* Whether the answer is KEY_NO for all keys of a noted view. */
bool key_names_all_no(const struct view *view, size_t question);

/* Keeps an answer; does nothing of NULL. */
void key_name_keep(struct arena *arena, struct key_name *name, size_t question, enum key_answer answer);
