#include "evaluate/prefilter.h"

#include "model/entry.h"

/* --- what an answer depends on --- */

enum {
	ON_FILE = 1,
	ON_OTHER_FILES = 2, /* as seen from it: what is asked of them may be unknown */
	ON_SECTION = 4,
	ON_NAME = 8,        /* the key's */
	ON_FORM = 16,       /* the statement's, see struct forms */
	ON_THING = 32,
};

static unsigned depends_template(const struct template *template);

static unsigned depends_setting(const struct setting *setting)
{
	unsigned on = ON_FILE | ON_OTHER_FILES | (setting->section ? depends_template(setting->section) : 0);
	for (size_t i = 0; i < setting->texts.count; i++)
		on |= depends_template(&setting->texts.items[i]);
	return on;
}

static unsigned depends_field(enum field field)
{
	static const unsigned char parts[FIELD_COUNT] = {
		[FIELD_file] = ON_FILE,    [FIELD_example] = ON_FILE,     [FIELD_refused] = ON_FILE,
		[FIELD_name] = ON_SECTION, [FIELD_template] = ON_SECTION, [FIELD_section] = ON_SECTION,
		[FIELD_key] = ON_NAME,     [FIELD_byte_order_mark] = ON_FILE,
		[FIELD_quote] = ON_FORM,   [FIELD_separator] = ON_FORM,   [FIELD_comment] = ON_FORM,
	};
	return parts[field] ? parts[field] : ON_THING;
}

static unsigned depends(const struct reference *reference)
{
	unsigned on = ON_THING;
	switch (reference->kind) {
	case REFERENCE_FIELD: on = depends_field(reference->field); break;
	case REFERENCE_KEY:
	case REFERENCE_OWN: on = ON_SECTION; break;
	case REFERENCE_SETTING: on = depends_setting(reference->setting); break;
	case REFERENCE_GROUP: break;
	}
	for (size_t i = 0; i < reference->filters.count; i++) {
		const struct use_of_filter *use = &reference->filters.items[i];
		on |= use->reference ? depends(use->reference) : 0;
		on |= use->list && use->list->sections ? ON_FILE | ON_OTHER_FILES : 0;
		/* A key's place is not that of another key of its name or form. */
		on |= on & (ON_NAME | ON_FORM) && !use->filter->of_text ? ON_THING : 0;
	}
	return on;
}

static unsigned depends_template(const struct template *template)
{
	unsigned on = 0;
	for (size_t i = 0; i < template->parts.count; i++)
		on |= template->parts.items[i].reference ? depends(template->parts.items[i].reference) : 0;
	return on;
}

static unsigned depends_condition(const struct condition *condition)
{
	const struct use_of_check *use = &condition->use;
	unsigned on = condition->kind == CONDITION_CHECK ? depends(condition->reference) : 0;
	on |= use->reference ? depends(use->reference) : 0;
	on |= use->list && use->list->sections ? ON_FILE | ON_OTHER_FILES : 0;
	for (size_t i = 0; i < condition->parts.count; i++)
		on |= depends_condition(&condition->parts.items[i]);
	return on;
}

/* --- sorting parts --- */

struct parts LIST_OF(struct condition);

static const struct condition *all_of(struct arena *arena, const struct parts *parts)
{
	struct condition *condition = arena_new(arena, struct condition);
	*condition = (struct condition){.kind = CONDITION_ALL, .parts = {parts->items, parts->count}};
	return parts->count ? condition : NULL;
}

/* The parts that are about `on` at most; those that are not stay. */
static const struct condition *take(struct arena *arena, struct parts *from, unsigned on)
{
	struct parts taken = {0}, left = {0};
	for (size_t i = 0; i < from->count; i++)
		*list_add(arena, depends_condition(&from->items[i]) & ~on ? &left : &taken) = from->items[i];
	*from = left;
	return all_of(arena, &taken);
}

/* What is asked of each thing whatever is found out before: the parts of `where` that may be unknown, and `when`. */
static struct parts asked_of_each(struct arena *arena, const struct rule *rule)
{
	const struct condition *where = rule->look->where, *when = rule->when;
	struct parts parts = {0};
	for (size_t i = 0; where && i < where->parts.count; i++)
		if (depends_condition(&where->parts.items[i]) & ON_OTHER_FILES)
			*list_add(arena, &parts) = where->parts.items[i];
	for (size_t i = 0; when && i < when->parts.count; i++)
		*list_add(arena, &parts) = when->parts.items[i];
	return parts;
}

/* A thing that is passed over is no member of its group: what comes after it would be taken for the first. */
static bool may_pass_over_things(const struct look *look, unsigned on)
{
	return on == ON_FILE || !look->group_by.count || (on == (ON_FILE | ON_SECTION) && look->groups_within_section);
}

static struct stage make_stage(struct arena *arena, const struct rule *rule, unsigned on, struct parts *where,
                               struct parts *when)
{
	struct stage stage = {.where = take(arena, where, on)};
	if (!may_pass_over_things(rule->look, on))
		return stage;
	stage.when = take(arena, when, on & ON_FILE ? on | ON_OTHER_FILES : on);
	stage.expect = rule->expect_is_local && !(depends_condition(rule->expect) & ~on) ? rule->expect : NULL;
	return stage;
}

/* What is asked of the form alone. In groups, what fails `when` is a member all the same. */
static const struct condition *find_form(struct arena *arena, const struct rule *rule)
{
	const struct condition *conditions[] = {rule->look->where, rule->look->group_by.count ? NULL : rule->when};
	struct parts parts = {0};
	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; conditions[i] && j < conditions[i]->parts.count; j++)
			if (depends_condition(&conditions[i]->parts.items[j]) == ON_FORM)
				*list_add(arena, &parts) = conditions[i]->parts.items[j];
	return all_of(arena, &parts);
}

/* The filters that must give a value for all of the parts to hold. */
static void find_needed(struct arena *arena, const struct condition *condition, struct needed_filters *needed)
{
	for (size_t i = 0; condition && i < condition->parts.count; i++) {
		const struct condition *part = &condition->parts.items[i];
		if (part->kind != CONDITION_CHECK || !part->reference->filters.count || !condition_needs_value(part))
			continue;
		const struct use_of_filter *last = &part->reference->filters.items[part->reference->filters.count - 1];
		if (last->filter->never)
			*list_add(arena, needed) = last;
	}
}

void prefilter_make(struct arena *arena, const struct rule *rule, struct prefilter *prefilter)
{
	const struct look *look = rule->look;
	*prefilter = (struct prefilter){.where = look->where};
	if (look->kind != THING_KEY && look->kind != THING_SECTION)
		return;
	struct parts where = {0}, when = asked_of_each(arena, rule);
	for (size_t i = 0; look->where && i < look->where->parts.count; i++)
		*list_add(arena, &where) = look->where->parts.items[i];
	prefilter->file = make_stage(arena, rule, ON_FILE, &where, &when);
	find_needed(arena, look->where, &prefilter->needed);
	if (!look->group_by.count)
		find_needed(arena, rule->when, &prefilter->needed);
	if (look->kind == THING_KEY) {
		prefilter->form = find_form(arena, rule);
		prefilter->section = make_stage(arena, rule, ON_FILE | ON_SECTION, &where, &when);
		prefilter->name = make_stage(arena, rule, ON_NAME, &where, &when);
	}
	prefilter->where = all_of(arena, &where);
}

/* --- forms --- */

enum { MOST_FORMS = 8 };

/* How the statements of a file are written: separator, quote and comment. Most files know one or two forms; what no form can
 * satisfy no statement can. */
struct forms {
	const struct variable *variables[MOST_FORMS]; /* one of each form */
	size_t count;
	bool too_many; /* there are more than that */
};

static bool same_bytes(const struct entry *a, struct span of_a, const struct entry *b, struct span of_b)
{
	return text_equal(source_slice(a->source, of_a), source_slice(b->source, of_b));
}

static bool same_form(const struct entry *a, const struct entry *b)
{
	return a->quote == b->quote && same_bytes(a, entry_separator(a), b, entry_separator(b)) &&
	       same_bytes(a, entry_comment(a), b, entry_comment(b));
}

static void add_form(struct forms *forms, const struct variable *variable)
{
	for (size_t i = 0; i < forms->count; i++)
		if (same_form(forms->variables[i]->entry, variable->entry))
			return;
	forms->too_many = forms->count == MOST_FORMS;
	if (!forms->too_many)
		forms->variables[forms->count++] = variable;
}

/* Found out once for a view. */
static const struct forms *forms_of(struct arena *arena, struct view *view)
{
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

static bool some_form_satisfies(struct context *context, const struct condition *condition, struct file *file)
{
	struct text reason;
	const struct forms *forms = forms_of(context->lint->arena, file->view);
	bool satisfies = forms->too_many;
	for (size_t i = 0; i < forms->count && !satisfies; i++) {
		context->thing.variable = forms->variables[i];
		satisfies = condition_evaluate(context, condition, &reason) == VERDICT_TRUE;
	}
	context->thing.variable = NULL;
	return satisfies;
}

bool prefilter_may_find(struct context *context, const struct prefilter *prefilter, struct file *file)
{
	for (size_t i = 0; i < prefilter->needed.count; i++)
		if (prefilter->needed.items[i]->filter->never(file, prefilter->needed.items[i]->readers))
			return false;
	return stage_lets_through(context, &prefilter->file) && (!prefilter->form || some_form_satisfies(context, prefilter->form, file));
}

bool stage_lets_through(struct context *context, const struct stage *stage)
{
	struct text reason;
	if (!stage->where && !stage->when && !stage->expect)
		return true;
	struct arena_mark mark = arena_mark(context->arena);
	bool lets_through = condition_evaluate(context, stage->where, &reason) == VERDICT_TRUE &&
	                    condition_evaluate(context, stage->when, &reason) != VERDICT_FALSE &&
	                    (!stage->expect || condition_evaluate(context, stage->expect, &reason) != VERDICT_TRUE);
	arena_rewind(context->arena, mark);
	return lets_through;
}
