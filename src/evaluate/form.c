#include "evaluate/form.h"

#include "model/entry.h"

static bool same_bytes(const struct entry *a, struct span of_a, const struct entry *b, struct span of_b)
{
	return text_equal(source_slice(a->source, of_a), source_slice(b->source, of_b));
}

static bool same_form(const struct entry *a, const struct entry *b)
{
	return a->quote == b->quote && same_bytes(a, entry_separator(a), b, entry_separator(b)) &&
	       same_bytes(a, entry_comment(a), b, entry_comment(b));
}

static void add(struct forms *forms, const struct variable *variable)
{
	for (size_t i = 0; i < forms->count; i++)
		if (same_form(forms->variables[i]->entry, variable->entry))
			return;
	forms->too_many = forms->count == MOST_FORMS;
	if (!forms->too_many)
		forms->variables[forms->count++] = variable;
}

const struct forms *forms_of(struct arena *arena, struct view *view)
{
	if (view->forms)
		return view->forms;
	view->forms = arena_new(arena, struct forms);
	for (size_t i = 0; i < view->sections.count; i++) {
		const struct variable_list *variables = &view->sections.items[i]->variables;
		for (size_t j = 0; j < variables->count && !view->forms->too_many; j++)
			add(view->forms, &variables->items[j]);
	}
	return view->forms;
}
