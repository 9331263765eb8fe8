#include "rule/prefilter.h"

#include <string.h>

#include "rule/endings.h"
#include "rule/shapes.h"

/* --- what an answer depends on --- */

enum {
	ON_FILE = 1,
	ON_OTHER_FILES = 2, /* as seen from it: what is asked of them may be unknown */
	ON_SECTION = 4,
	ON_NAME = 8,        /* the key's */
	ON_FORM = 16,       /* the statement's, see evaluate/prefilter.c */
	ON_SUBJECT = 32,
};

static unsigned depends_template(const struct template *template);

static unsigned depends_setting(const struct setting *setting) {
	unsigned on = ON_FILE | ON_OTHER_FILES | (setting->section ? depends_template(setting->section) : 0);
	/* What is of a place of its own is not about the subject. */
	for (size_t i = 0; !setting->of && i < setting->texts.count; i++)
		on |= depends_template(&setting->texts.items[i]);
	return on;
}

static unsigned depends_field(enum field field) {
	static const unsigned char parts[FIELD_COUNT] = {
		[FIELD_file] = ON_FILE,    [FIELD_example] = ON_FILE,     [FIELD_refused] = ON_FILE,    [FIELD_recognised] = ON_FILE,
		[FIELD_name] = ON_SECTION, [FIELD_template] = ON_SECTION, [FIELD_section] = ON_SECTION,
		[FIELD_key] = ON_NAME,     [FIELD_byte_order_mark] = ON_FILE, [FIELD_conflict] = ON_FILE,
		[FIELD_quote] = ON_FORM,   [FIELD_separator] = ON_FORM,   [FIELD_comment] = ON_FORM,
	};
	return parts[field] ? parts[field] : ON_SUBJECT;
}

static unsigned depends(const struct reference *reference) {
	unsigned on = ON_SUBJECT;
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
		on |= on & (ON_NAME | ON_FORM) && !use->filter->of_text ? ON_SUBJECT : 0;
	}
	return on;
}

static unsigned depends_template(const struct template *template) {
	unsigned on = 0;
	for (size_t i = 0; i < template->parts.count; i++)
		on |= template->parts.items[i].reference ? depends(template->parts.items[i].reference) : 0;
	return on;
}

static unsigned depends_condition(const struct condition *condition) {
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

static const struct condition *all_of(struct arena *arena, const struct parts *parts) {
	struct condition *condition = arena_new(arena, struct condition);
	*condition = (struct condition){.kind = CONDITION_ALL, .parts = {parts->items, parts->count}};
	return parts->count ? condition : NULL;
}

/* The parts that are about `on` at most; those that are not stay. */
static const struct condition *take(struct arena *arena, struct parts *from, unsigned on) {
	struct parts taken = {0}, left = {0};
	for (size_t i = 0; i < from->count; i++)
		*list_add(arena, depends_condition(&from->items[i]) & ~on ? &left : &taken) = from->items[i];
	*from = left;
	return all_of(arena, &taken);
}

/* What is asked of each subject whatever is found out before: the parts of `where` that may be unknown, and `when`. */
static struct parts asked_of_each(struct arena *arena, const struct rule *rule) {
	const struct condition *where = rule->selector->where, *when = rule->when;
	struct parts parts = {0};
	for (size_t i = 0; where && i < where->parts.count; i++)
		if (depends_condition(&where->parts.items[i]) & ON_OTHER_FILES)
			*list_add(arena, &parts) = where->parts.items[i];
	for (size_t i = 0; when && i < when->parts.count; i++)
		*list_add(arena, &parts) = when->parts.items[i];
	return parts;
}

/* A subject that is passed over is no member of its group: what comes after it would be taken for the first. */
static bool may_pass_over_subjects(const struct selector *selector, unsigned on) {
	return on == ON_FILE || !selector->group_by.count || (on == (ON_FILE | ON_SECTION) && selector->groups_within_section);
}

static struct stage make_stage(struct arena *arena, const struct rule *rule, unsigned on, struct parts *where,
                               struct parts *when) {
	bool by_expect = rule->expect && condition_is_local(rule->expect) && !(depends_condition(rule->expect) & ~on);
	struct stage stage = {.where = take(arena, where, on)};
	if (!may_pass_over_subjects(rule->selector, on))
		return stage;
	stage.when = take(arena, when, on & ON_FILE ? on | ON_OTHER_FILES : on);
	stage.expect = by_expect ? rule->expect : NULL;
	return stage;
}

/* What is asked of the form alone. In groups, what fails `when` is a member all the same. */
static const struct condition *find_form(struct arena *arena, const struct rule *rule) {
	const struct condition *conditions[] = {rule->selector->where, rule->selector->group_by.count ? NULL : rule->when};
	struct parts parts = {0};
	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; conditions[i] && j < conditions[i]->parts.count; j++)
			if (depends_condition(&conditions[i]->parts.items[j]) == ON_FORM)
				*list_add(arena, &parts) = conditions[i]->parts.items[j];
	return all_of(arena, &parts);
}

struct needed_filters LIST_OF(const struct use_of_filter *);

/* The filters that must give a value for all of the parts to hold. */
static void find_needed(struct arena *arena, const struct condition *condition, struct needed_filters *needed) {
	for (size_t i = 0; condition && i < condition->parts.count; i++) {
		const struct condition *part = &condition->parts.items[i];
		if (part->kind != CONDITION_CHECK || !part->reference->filters.count || !condition_needs_value(part))
			continue;
		const struct use_of_filter *last = &part->reference->filters.items[part->reference->filters.count - 1];
		if (last->filter->never)
			*list_add(arena, needed) = last;
	}
}

/* --- repeats --- */

/* Whether the group's first subject or the one before must be there for the rule to find anything. */
static bool needs_another(const struct condition *condition) {
	for (size_t i = 0; condition && i < condition->parts.count; i++) {
		const struct condition *part = &condition->parts.items[i];
		if (part->kind == CONDITION_CHECK && part->reference->kind == REFERENCE_GROUP &&
		    condition_needs_value(part))
			return true;
	}
	return false;
}

/* Whether names that differ in more than case are in different groups. */
static bool tells_names_apart(const struct reference *reference) {
	bool apart = reference->kind == REFERENCE_FIELD;
	for (size_t i = 0; i < reference->filters.count; i++)
		apart = apart && !strcmp(reference->filters.items[i].filter->name, "lower");
	return apart;
}

/* What must be repeated for a group to have two members. */
static enum subject_kind find_repeats(const struct selector *selector) {
	bool by[FIELD_COUNT] = {false};
	for (size_t i = 0; i < selector->group_by.count; i++)
		if (tells_names_apart(&selector->group_by.items[i]))
			by[selector->group_by.items[i].field] = true;
	bool one_section = by[FIELD_section] || by[FIELD_section_number] || !selector->role->readers[0]->has_sections;
	return by[FIELD_name] ? SUBJECT_SECTION : by[FIELD_key] && one_section ? SUBJECT_KEY : (enum subject_kind)0;
}

/* --- the whole --- */

static void make_stages(struct arena *arena, const struct rule *rule, struct prefilter *prefilter) {
	const struct selector *selector = rule->selector;
	struct parts where = {0}, when = asked_of_each(arena, rule);
	struct needed_filters needed = {0};
	for (size_t i = 0; selector->where && i < selector->where->parts.count; i++)
		*list_add(arena, &where) = selector->where->parts.items[i];
	prefilter->file = make_stage(arena, rule, ON_FILE, &where, &when);
	find_needed(arena, selector->where, &needed);
	if (!selector->group_by.count)
		find_needed(arena, rule->when, &needed);
	prefilter->needed.items = needed.items;
	prefilter->needed.count = needed.count;
	if (selector->kind == SUBJECT_KEY) {
		prefilter->form = find_form(arena, rule);
		prefilter->section = make_stage(arena, rule, ON_FILE | ON_SECTION, &where, &when);
		prefilter->name = make_stage(arena, rule, ON_NAME, &where, &when);
	}
	prefilter->where = all_of(arena, &where);
}

struct prefilter prefilter_make(struct arena *arena, const struct rule *rule) {
	struct prefilter prefilter = {.where = rule->selector->where};
	prefilter.endings = endings_needed(rule);
	prefilter.expect_is_local = rule->expect && condition_is_local(rule->expect);
	prefilter.groups_repeat = find_repeats(rule->selector);
	prefilter.only_repeats = prefilter.groups_repeat && needs_another(rule->when);
	if (rule->selector->kind == SUBJECT_KEY || rule->selector->kind == SUBJECT_SECTION)
		make_stages(arena, rule, &prefilter);
	return prefilter;
}

/* --- as constants --- */

static const struct member stage_members[] = {
	{AT(stage, where), NULL, &found_pointer, .of = &shape_condition},
	{AT(stage, when), NULL, &found_pointer, .of = &shape_condition},
	{AT(stage, expect), NULL, &found_pointer, .of = &shape_condition},
	{0},
};
static const struct shape shape_stage = {STRUCT(stage), .members = stage_members};

static const struct member prefilter_members[] = {
	{AT(prefilter, endings), NULL, &found_struct, .of = &shape_endings},
	{AT(prefilter, file), NULL, &found_struct, .of = &shape_stage},
	{AT(prefilter, section), NULL, &found_struct, .of = &shape_stage},
	{AT(prefilter, name), NULL, &found_struct, .of = &shape_stage},
	{AT(prefilter, form), NULL, &found_pointer, .of = &shape_condition},
	{AT(prefilter, needed), NULL, &found_pointers, .of = &shape_use_of_filter},
	{AT(prefilter, where), NULL, &found_pointer, .of = &shape_condition},
	{AT(prefilter, expect_is_local), NULL, &found_number},
	{AT(prefilter, groups_repeat), NULL, &found_number},
	{AT(prefilter, only_repeats), NULL, &found_number},
	{0},
};
const struct shape shape_prefilter = {STRUCT(prefilter), .members = prefilter_members};
