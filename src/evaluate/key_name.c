#include "evaluate/key_name.h"

#include <string.h>

enum { MOST_NAMES = 65536, FEWEST_ANSWERS = 64 };

static struct key_name *note(struct arena *arena, struct map *names, struct text text) {
	struct key_name *name = map_get(names, text);
	return name || names->count >= MOST_NAMES ? name : map_put(arena, names, text, arena_new(arena, struct key_name));
}

static void note_variable(struct arena *arena, struct map *names, struct view *view, struct variable *variable) {
	struct key_name *name = note(arena, names, variable->name);
	variable->known_name = name;
	if (!name) {
		view->key_names->beyond = true;
	} else if (name->noted_in != view) {
		*list_add(arena, &view->key_names->names) = name;
		name->noted_in = view;
	}
}

void key_names_note(struct arena *arena, struct map *names, struct view *view) {
	if (view->key_names) return;
	view->key_names = arena_new(arena, struct view_key_names);
	for (size_t i = 0; i < view->sections.count; i++) {
		struct variable_list *variables = &view->sections.items[i]->variables;
		for (size_t j = 0; j < variables->count; j++)
			note_variable(arena, names, view, &variables->items[j]);
	}
}

bool key_names_all_no(const struct view *view, size_t question) {
	for (size_t i = 0; i < view->key_names->names.count; i++)
		if (key_name_answer(view->key_names->names.items[i], question) != KEY_NO)
			return false;
	return !view->key_names->beyond;
}

void key_name_keep(struct arena *arena, struct key_name *name, size_t question, enum key_answer answer) {
	if (!name) return;
	if (question >= name->capacity) {
		size_t capacity = question < FEWEST_ANSWERS ? FEWEST_ANSWERS : question * 2;
		unsigned char *answers = arena_array(arena, unsigned char, capacity);
		if (name->capacity)
			memcpy(answers, name->answers, name->capacity);
		name->answers = answers;
		name->capacity = capacity;
	}
	name->answers[question] = (unsigned char)answer;
}
