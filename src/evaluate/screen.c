#include "evaluate/screen.h"

#include "evaluate/form.h"

/* --- what an answer depends on --- */

enum {
	ON_FILE = 1,    /* and on other files, as seen from it */
	ON_SECTION = 2,
	ON_NAME = 4,    /* the key's */
	ON_FORM = 8,    /* see evaluate/form.h */
	ON_THING = 16,
};

static unsigned depends_template(const struct template *template);

static unsigned depends_setting(const struct setting *setting)
{
	unsigned on = setting->section ? depends_template(setting->section) : ON_FILE;
	for (size_t i = 0; i < setting->texts.count; i++)
		on |= depends_template(&setting->texts.items[i]);
	return on | ON_FILE;
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
		on |= use->list && use->list->sections ? ON_FILE : 0;
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
	on |= use->list && use->list->sections ? ON_FILE : 0;
	for (size_t i = 0; i < condition->parts.count; i++)
		on |= depends_condition(&condition->parts.items[i]);
	return on;
}

/* --- what is never unknown --- */

static bool reference_is_certain(const struct reference *reference)
{
	bool certain = reference->kind != REFERENCE_SETTING;
	for (size_t i = 0; i < reference->filters.count; i++) {
		const struct use_of_filter *use = &reference->filters.items[i];
		certain = certain && !(use->list && use->list->sections) && (!use->reference || reference_is_certain(use->reference));
	}
	return certain;
}

static bool is_certain(const struct condition *condition)
{
	const struct use_of_check *use = &condition->use;
	bool certain = true;
	if (condition->kind == CONDITION_CHECK)
		return reference_is_certain(condition->reference) && !(use->list && use->list->sections) &&
		       (!use->reference || reference_is_certain(use->reference));
	for (size_t i = 0; i < condition->parts.count; i++)
		certain = certain && is_certain(&condition->parts.items[i]);
	return certain;
}

/* --- sorting parts --- */

struct parts LIST_OF(struct condition);

static const struct condition *all_of(struct arena *arena, const struct parts *parts)
{
	struct condition *condition = arena_new(arena, struct condition);
	*condition = (struct condition){.kind = CONDITION_ALL, .parts = {parts->items, parts->count}};
	return parts->count ? condition : NULL;
}

/* The parts that are about `on` at most; those that are not stay. What is unknown must be asked of each thing. */
static const struct condition *take(struct arena *arena, struct parts *from, unsigned on, bool certain)
{
	struct parts taken = {0}, left = {0};
	for (size_t i = 0; i < from->count; i++) {
		bool fits = !(depends_condition(&from->items[i]) & ~on) && (!certain || is_certain(&from->items[i]));
		*list_add(arena, fits ? &taken : &left) = from->items[i];
	}
	*from = left;
	return all_of(arena, &taken);
}

/* What is asked of each thing whatever is found out before: the uncertain parts of `where`, and `when`. */
static struct parts hopes(struct arena *arena, const struct rule *rule)
{
	const struct condition *where = rule->look->where, *when = rule->when;
	struct parts parts = {0};
	for (size_t i = 0; where && i < where->parts.count; i++)
		if (!is_certain(&where->parts.items[i]))
			*list_add(arena, &parts) = where->parts.items[i];
	for (size_t i = 0; when && i < when->parts.count; i++)
		*list_add(arena, &parts) = when->parts.items[i];
	return parts;
}

/* A thing that is passed over is no member of its group: what comes after it would be taken for the first. */
static bool may_pass_over_things(const struct look *look, unsigned on)
{
	return !look->group_by.count || (on == (ON_FILE | ON_SECTION) && look->groups_within_section);
}

static void sift(struct arena *arena, const struct rule *rule, unsigned on, struct parts *where, struct parts *when,
                 struct sieve *sieve)
{
	sieve->where = take(arena, where, on, true);
	if (on != ON_FILE && !may_pass_over_things(rule->look, on))
		return;
	sieve->when = take(arena, when, on, false);
	if (rule->expect_is_local && !(depends_condition(rule->expect) & ~on))
		sieve->expect = rule->expect;
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

void screen_make(struct arena *arena, const struct rule *rule, struct screen *screen)
{
	const struct look *look = rule->look;
	*screen = (struct screen){.where = look->where};
	if (look->kind != THING_KEY && look->kind != THING_SECTION)
		return;
	struct parts where = {0}, when = hopes(arena, rule);
	for (size_t i = 0; look->where && i < look->where->parts.count; i++)
		*list_add(arena, &where) = look->where->parts.items[i];
	sift(arena, rule, ON_FILE, &where, &when, &screen->file);
	find_needed(arena, look->where, &screen->needed);
	if (!look->group_by.count)
		find_needed(arena, rule->when, &screen->needed);
	if (look->kind == THING_KEY) {
		screen->form = find_form(arena, rule);
		sift(arena, rule, ON_FILE | ON_SECTION, &where, &when, &screen->section);
		sift(arena, rule, ON_NAME, &where, &when, &screen->name);
	}
	screen->where = all_of(arena, &where);
}

static bool some_form_satisfies(struct context *context, const struct condition *condition, struct file *file)
{
	struct text reason;
	const struct forms *forms = forms_of(context->lint->arena, file->view);
	bool satisfies = forms->too_many;
	for (size_t i = 0; i < forms->count && !satisfies; i++) {
		context->thing.variable = forms->variables[i];
		satisfies = condition_judge(context, condition, &reason) == VERDICT_TRUE;
	}
	context->thing.variable = NULL;
	return satisfies;
}

bool screen_may_find(struct context *context, const struct screen *screen, struct file *file)
{
	for (size_t i = 0; i < screen->needed.count; i++)
		if (screen->needed.items[i]->filter->never(file, screen->needed.items[i]->readers))
			return false;
	return screen_lets_through(context, &screen->file) && (!screen->form || some_form_satisfies(context, screen->form, file));
}

bool screen_lets_through(struct context *context, const struct sieve *sieve)
{
	struct text reason;
	if (!sieve->where && !sieve->when && !sieve->expect)
		return true;
	struct arena_mark mark = arena_mark(context->arena);
	bool lets_through = condition_judge(context, sieve->where, &reason) == VERDICT_TRUE &&
	                    condition_judge(context, sieve->when, &reason) != VERDICT_FALSE &&
	                    (!sieve->expect || condition_judge(context, sieve->expect, &reason) != VERDICT_TRUE);
	arena_rewind(context->arena, mark);
	return lets_through;
}
