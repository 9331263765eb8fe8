#include "evaluate/prefilter.h"

#include "model/entry.h"

/* --- endings --- */

/* What the file does not settle may be anything. */
static void add_endings(struct endings *endings, const struct section *section) {
	endings->sections |= ending_bit(section->name);
	for (size_t i = 0; i < section->variables.count; i++) {
		const struct variable *variable = &section->variables.items[i];
		endings->keys |= ending_bit(variable->name);
		endings->values |= variable->unsettled ? ENDING_ALL : ending_bit(variable->value);
	}
}

static const struct endings *endings_of(struct arena *arena, struct view *view) {
	if (view->endings)
		return view->endings;
	view->endings = arena_new(arena, struct endings);
	for (size_t i = 0; i < view->sections.count; i++)
		add_endings(view->endings, view->sections.items[i]);
	for (size_t i = 0; i < view->faults.count; i++)
		view->endings->faults |= ending_bit(text_of(view->faults.items[i].kind));
	return view->endings;
}

static bool meet(uint64_t needed, uint64_t there) { return !needed || (needed & there); }

bool prefilter_has_needed(struct arena *arena, const struct rule *rule, struct file *file) {
	const struct endings *needed = &rule->prefilter.endings, *there = endings_of(arena, file->view);
	/* The run may have named more keys than the pack has. */
	bool keys = meet(needed->keys, there->keys) || (file->named && rule->selector->kind == SUBJECT_SETTING);
	return keys && meet(needed->sections, there->sections) && meet(needed->values, there->values) &&
	       meet(needed->faults, there->faults);
}

/* --- forms --- */

enum { MOST_FORMS = 8 };

/* How the statements of a file are written: separator, quote and comment. Most files know one or two forms; what no
 * form can satisfy no statement can. */
struct forms {
	const struct variable *variables[MOST_FORMS]; /* one of each form */
	size_t count;
	bool too_many; /* there are more than that */
};

static bool same_bytes(const struct entry *a, struct span of_a, const struct entry *b, struct span of_b) {
	return text_equal(source_slice(a->source, of_a), source_slice(b->source, of_b));
}

static bool same_form(const struct entry *a, const struct entry *b) {
	return a->quote == b->quote && same_bytes(a, entry_separator(a), b, entry_separator(b)) &&
	       same_bytes(a, entry_comment(a), b, entry_comment(b));
}

static void add_form(struct forms *forms, const struct variable *variable) {
	for (size_t i = 0; i < forms->count; i++)
		if (same_form(forms->variables[i]->entry, variable->entry))
			return;
	forms->too_many = forms->count == MOST_FORMS;
	if (!forms->too_many)
		forms->variables[forms->count++] = variable;
}

/* Found out once for a view. */
static const struct forms *forms_of(struct arena *arena, struct view *view) {
	if (view->forms)
		return view->forms;
	view->forms = arena_new(arena, struct forms);
	for (size_t i = 0; i < view->sections.count; i++) {
		const struct variable_list *variables = &view->sections.items[i]->variables;
		for (size_t j = 0; j < variables->count && !view->forms->too_many; j++)
			add_form(view->forms, &variables->items[j]);
	}
	return view->forms;
}

static bool some_form_satisfies(struct context *context, const struct condition *condition, struct file *file) {
	struct text reason;
	const struct forms *forms = forms_of(context->lint->arena, file->view);
	bool satisfies = forms->too_many;
	for (size_t i = 0; i < forms->count && !satisfies; i++) {
		context->subject.variable = forms->variables[i];
		satisfies = condition_evaluate(context, condition, &reason) == VERDICT_TRUE;
	}
	context->subject.variable = NULL;
	return satisfies;
}

bool prefilter_may_find(struct context *context, const struct prefilter *prefilter, struct file *file) {
	for (size_t i = 0; i < prefilter->needed.count; i++)
		if (prefilter->needed.items[i]->filter->never(file, prefilter->needed.items[i]->readers))
			return false;
	return stage_lets_through(context, &prefilter->file) &&
	       (!prefilter->form || some_form_satisfies(context, prefilter->form, file));
}

bool stage_lets_through(struct context *context, const struct stage *stage) {
	struct text reason;
	if (!stage->where && !stage->when && !stage->expect) return true;
	struct arena_mark mark = arena_mark(context->arena);
	bool lets_through = condition_evaluate(context, stage->where, &reason) == VERDICT_TRUE &&
	                    condition_evaluate(context, stage->when, &reason) != VERDICT_FALSE &&
	                    (!stage->expect || condition_evaluate(context, stage->expect, &reason) != VERDICT_TRUE);
	arena_rewind(context->arena, mark);
	return lets_through;
}
