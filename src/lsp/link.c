#include "lsp/link.h"

#include "evaluate/expression.h"
#include "evaluate/subject.h"
#include "rule/joins.h"

/* Places of settings that are looked at: a folder may hold thousands of files. */
enum { MOST_SUBJECTS = 100000 };

struct linking {
	struct arena *arena;
	const struct rule *rule;
	void (*visit)(void *data, const struct link *link);
	void *data;
	size_t count;
};

/* A statement, or a section that has a header. */
static bool has_place(struct value value) {
	if (!value.file) return false;
	if (value.at >= AT_VALUE) return value.variable->entry != NULL;
	return value.at == AT_SECTION && value.section && value.section->header;
}

static void visit_both(const struct linking *linking, struct value one, struct value other) {
	bool both = one.state == VALUE_PRESENT && other.state == VALUE_PRESENT && has_place(one) && has_place(other);
	if (both && one.file->source != other.file->source)
		linking->visit(linking->data, &(struct link){linking->rule, one, other});
}

/* A section that is named in the one file and stands in the other, as that of a user. */
static void link_section(struct context *context, const struct linking *linking, const struct reference *reference) {
	const struct setting *setting = reference ? reference->setting : NULL;
	if (setting && setting->role && setting->section && !setting->keys.globs.count)
		visit_both(linking, template_text(context, setting->section, true), reference_value(context, reference));
}

/* Whether a condition holds one value against another. */
static bool compares(const struct condition *condition) {
	bool found = condition->kind == CONDITION_CHECK && condition->use.reference;
	for (size_t i = 0; i < condition->parts.count && !found; i++)
		found = compares(&condition->parts.items[i]);
	return found;
}

/* Visits what a condition compares. Of parts that all must hold those behind one that does not say nothing. */
static void link_condition(struct context *context, const struct linking *linking, const struct condition *condition) {
	struct text reason;
	if (!condition) return;
	link_section(context, linking, condition->reference);
	if (condition->kind == CONDITION_CHECK && condition->use.reference)
		visit_both(linking, reference_value(context, condition->reference), reference_value(context, condition->use.reference));
	for (size_t i = 0; i < condition->parts.count; i++) {
		const struct condition *part = &condition->parts.items[i];
		link_condition(context, linking, part);
		if (condition->kind == CONDITION_ALL && !compares(part) && condition_evaluate(context, part, &reason) != VERDICT_TRUE)
			break;
	}
}

static void link_subject(struct context *context, void *data) {
	struct linking *linking = data;
	const struct rule *rule = linking->rule;
	struct text reason;
	if (context->subject.doubt.length || linking->count++ >= MOST_SUBJECTS ||
	    condition_evaluate(context, rule->selector->where, &reason) != VERDICT_TRUE)
		return;
	link_condition(context, linking, rule->when);
	if (condition_evaluate(context, rule->when, &reason) == VERDICT_TRUE)
		link_condition(context, linking, rule->expect);
}

static bool is_at_work(const struct rule_choice *choice) {
	return choice->pack && choice->enabled && choice->rule->selector->kind == SUBJECT_SETTING;
}

/* Whether settings of any role that the source has are held to be such of the role. */
static bool has_role(const struct lint *lint, const struct source *source, const struct role *role) {
	for (size_t i = 0; i < lint->files.count; i++)
		if (lint->files.items[i]->source == source && role_holds(lint->files.items[i]->role, role))
			return true;
	return false;
}

/* Whether a rule brings files of several roles together, and the one among them. */
static bool joins(const struct lint *lint, struct arena *arena, const struct rule_choice *choice, const struct file *about) {
	const struct pack *pack = choice->pack;
	bool *joined = arena_array(arena, bool, pack->settings.count), found = !about;
	if (!rule_joins(pack, choice->rule, joined)) return false;
	for (size_t i = 0; i < pack->settings.count && !found; i++)
		found = joined[i] && pack->settings.items[i]->role && has_role(lint, about->source, pack->settings.items[i]->role);
	return found;
}

/* Files of one role are not held against each other. */
static bool may_link(const struct file *file, const struct file *about) {
	return !about || file->source == about->source || file->role != about->role;
}

void links_each(struct lint *lint, struct arena *arena, const struct file *about, void (*visit)(void *data, const struct link *link),
                void *data) {
	const struct rule_choice_list *choices = &lint->options->choices;
	struct linking linking = {.arena = arena, .visit = visit, .data = data};
	for (size_t i = 0; i < choices->count; i++) {
		const struct rule_choice *choice = &choices->items[i];
		if (!is_at_work(choice) || !joins(lint, arena, choice, about)) continue;
		linking.rule = choice->rule;
		for (size_t j = 0; j < lint->files.count; j++) {
			struct file *file = lint->files.items[j];
			if (!role_holds(file->role, choice->rule->selector->role) || !may_link(file, about)) continue;
			struct context context = {
				.lint = lint, .arena = arena, .pack = choice->pack, .selector = choice->rule->selector};
			subjects_each(&context, file, link_subject, &linking);
		}
	}
}

bool link_is_entry(struct value value, const struct entry *entry) {
	const struct entry *own = value.at >= AT_VALUE ? value.variable->entry : NULL;
	return own && entry && (own == entry || (own->source == entry->source && own->key.start == entry->key.start));
}

bool link_is_header(struct value value, const struct header *header) {
	const struct header *own = value.at == AT_SECTION && value.section ? value.section->header : NULL;
	return own && header && (own == header || (own->source == header->source && own->lines.start == header->lines.start));
}

struct place link_place(struct value value) {
	if (value.at >= AT_VALUE)
		return (struct place){value.variable->entry->source, value.variable->entry->key};
	return value_place(value);
}
