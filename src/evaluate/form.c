#include "evaluate/form.h"

static bool is_blank_at(const struct source *source, uint32_t at)
{
	return at < source->bytes.length && (source->bytes.bytes[at] == ' ' || source->bytes.bytes[at] == '\t');
}

struct span form_separator(const struct entry *entry)
{
	uint32_t end = entry->value.start > entry->operator.end ? entry->value.start : entry->operator.end;
	/* All blanks behind the operator stand before a value that is empty. */
	while (entry->value.end <= end && is_blank_at(entry->source, end))
		end++;
	return entry->operator.end == entry->operator.start ? (struct span){0, 0} : (struct span){entry->key.end, end};
}

struct span form_comment(const struct entry *entry)
{
	bool none = entry->comment.end == entry->comment.start || entry->comment.start < entry->value.end;
	return none ? (struct span){0, 0} : (struct span){entry->value.end, entry->comment.end};
}

struct span form_quote(const struct entry *entry)
{
	return entry->quote ? (struct span){entry->value.start, entry->value.start + 1} : (struct span){0, 0};
}

static bool same_bytes(const struct entry *a, struct span of_a, const struct entry *b, struct span of_b)
{
	return text_equal(source_slice(a->source, of_a), source_slice(b->source, of_b));
}

static bool same_form(const struct entry *a, const struct entry *b)
{
	return a->quote == b->quote && same_bytes(a, form_separator(a), b, form_separator(b)) &&
	       same_bytes(a, form_comment(a), b, form_comment(b));
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
