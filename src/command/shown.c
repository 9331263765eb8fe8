#include "command/shown.h"

#include "redact/redact.h"
#include "rule/load.h"

static bool hides(const struct shown *shown, struct text key) {
	bool hidden = !shown->roles.count;
	for (size_t i = 0; i < shown->roles.count; i++)
		hidden = hidden || role_hides(shown->roles.items[i], key);
	return hidden;
}

static void know(const struct shown *shown, const struct view *view) {
	for (size_t i = 0; i < view->sources.count; i++) {
		struct source *source = view->sources.items[i];
		redact_mark_blocks(shown->arena, true, source, (struct span){0, (uint32_t)source->bytes.length});
	}
	for (size_t i = 0; i < view->entries.count; i++) {
		const struct entry *entry = view->entries.items[i];
		if (redact_is_rest(entry->source, entry->key))
			redact_know(source_slice(entry->source, entry->key), true);
	}
	for (size_t i = 0; i < view->sections.count; i++) {
		const struct variable_list *variables = &view->sections.items[i]->variables;
		for (size_t j = 0; j < variables->count; j++)
			if (hides(shown, variables->items[j].name))
				redact_know(variables->items[j].value, redact_names_secret(variables->items[j].name));
	}
}

struct shown shown_make(struct arena *arena, struct text path, const struct view *view) {
	struct shown shown = {.arena = arena};
	bool example;
	size_t rank;
	for (size_t i = 0; built_in_packs[i]; i++)
		for (size_t j = 0; j < built_in_packs[i]->roles.count; j++) {
			const struct role *role = built_in_packs[i]->roles.items[j];
			if (role_has_file(role, path, &example, &rank))
				*list_add(arena, &shown.roles) = role;
		}
	know(&shown, view);
	return shown;
}

struct text shown_value(const struct shown *shown, const struct variable *variable) {
	if (hides(shown, variable->name) && variable->value.length)
		return redact_mask(shown->arena, variable->value);
	return redact_words(shown->arena, variable->value);
}

struct text shown_words(const struct shown *shown, struct text words) { return redact_words(shown->arena, words); }
