#include "rule/load_condition.h"

#include <string.h>

#include "rule/load_reference.h"
#include "rule/lookup.h"
#include "rule/shapes.h"

struct condition_list LIST_OF(struct condition);

/* --- what a condition costs --- */

static bool reference_is_local(const struct reference *reference) {
	bool local = reference->kind != REFERENCE_SETTING;
	for (size_t i = 0; i < reference->filters.count; i++) {
		const struct use_of_filter *use = &reference->filters.items[i];
		local = local && use->filter && !use->filter->asks_machine && !(use->list && use->list->sections) &&
		        (!use->reference || reference_is_local(use->reference));
	}
	return local;
}

bool condition_is_local(const struct condition *condition) {
	const struct use_of_check *use = &condition->use;
	bool local = condition->kind != CONDITION_CHECK ||
	             (reference_is_local(condition->reference) && !(use->list && use->list->sections) &&
	              (!use->reference || reference_is_local(use->reference)));
	for (size_t i = 0; i < condition->parts.count; i++)
		local = local && condition_is_local(&condition->parts.items[i]);
	return local;
}

bool condition_needs_value(const struct condition *check) {
	bool needs = !check->use.check->takes_absent ||
	             (!strcmp(check->use.check->name, "present") && check->use.argument->truth);
	for (size_t i = 0; i < check->reference->filters.count; i++)
		needs = needs && !check->reference->filters.items[i].filter->takes_absent;
	return needs;
}

/* --- checks and their arguments --- */

static bool load_range(struct loader *loader, const struct node *node, struct argument *argument) {
	if (node->kind == NODE_LIST && node->count == 2 && text_to_integer(node->items[0].text, &argument->least) &&
	    text_to_integer(node->items[1].text, &argument->most) && argument->least <= argument->most)
		return true;
	loader_fault(loader, node, TEXT(""), "this must be a range, [LEAST, MOST]");
	return false;
}

static bool load_compiled(struct loader *loader, const struct node *node, struct argument *argument) {
	struct pattern pattern;
	bool ok = load_expression(loader, node, &argument->text, &pattern);
	if (ok)
		argument->compiled = pattern_serialize(&pattern);
	return ok;
}

static bool load_argument(struct loader *loader, const struct node *node, struct use_of_check *use) {
	struct argument *argument = arena_new(loader->arena, struct argument);
	use->argument = argument;
	switch (use->check->argument) {
	case ARGUMENT_NONE: return true;
	case ARGUMENT_TEXT: return load_text(loader, node, &argument->text);
	case ARGUMENT_TRUTH: return load_truth(loader, node, &argument->truth);
	case ARGUMENT_TEXTS: return load_text_set(loader, node, &argument->set);
	case ARGUMENT_LIST:
		if (!load_text(loader, node, &argument->text)) return false;
		if (!(use->list = load_list_name(loader, node, argument->text))) return false;
		argument->set = use->list->texts;
		return true;
	case ARGUMENT_REFERENCE: return (use->reference = load_reference(loader, node)) != NULL;
	case ARGUMENT_PATTERN: return load_compiled(loader, node, argument);
	case ARGUMENT_RANGE: return load_range(loader, node, argument);
	case ARGUMENT_READERS: break; /* no check takes them */
	}
	return false;
}

static void load_check(struct loader *loader, const struct node *key, const struct node *value,
                       const struct reference *reference, struct condition_list *parts) {
	struct condition condition = {.kind = CONDITION_CHECK, .reference = reference};
	condition.use.check = LOAD_REGISTERED(loader, key, TEXT(""), key->text, checks, "check");
	if (condition.use.check && load_argument(loader, value, &condition.use) && reference)
		*list_add(loader->arena, parts) = condition;
}

static void load_checks(struct loader *loader, const struct node *key, const struct node *value,
                        struct condition_list *parts) {
	const struct reference *reference = load_reference(loader, key);
	/* `refuses: true` is short for `refuses: {is: 'true'}`. */
	if (value->kind == NODE_TEXT && (text_is(value->text, "true") || text_is(value->text, "false"))) {
		struct node is = {.kind = NODE_TEXT, .text = TEXT("is")};
		load_check(loader, &is, value, reference, parts);
		return;
	}
	if (!load_map(loader, value, "what must hold")) return;
	for (size_t i = 0; i < value->count; i++)
		load_check(loader, &value->items[2 * i], &value->items[2 * i + 1], reference, parts);
}

static void load_parts(struct loader *loader, const struct node *list, enum condition_kind kind,
                       struct condition_list *parts) {
	struct condition_list inner = {0};
	if (!load_list(loader, list, "a list of conditions")) return;
	for (size_t i = 0; i < list->count; i++) {
		const struct condition *part = load_condition(loader, &list->items[i]);
		if (part)
			*list_add(loader->arena, &inner) = *part;
	}
	*list_add(loader->arena, parts) = (struct condition){.kind = kind, .parts = {inner.items, inner.count}};
}

const struct condition *load_condition(struct loader *loader, const struct node *node) {
	struct condition_list parts = {0};
	if (!load_map(loader, node, "a condition")) return NULL;
	for (size_t i = 0; i < node->count; i++) {
		const struct node *key = &node->items[2 * i], *value = &node->items[2 * i + 1];
		const struct condition *part;
		if (text_is(key->text, "all"))
			load_parts(loader, value, CONDITION_ALL, &parts);
		else if (text_is(key->text, "any"))
			load_parts(loader, value, CONDITION_ANY, &parts);
		else if (!text_is(key->text, "not"))
			load_checks(loader, key, value, &parts);
		else if ((part = load_condition(loader, value)))
			*list_add(loader->arena, &parts) =
				(struct condition){.kind = CONDITION_NOT, .parts = {part, 1}};
	}
	struct condition *condition = arena_new(loader->arena, struct condition);
	*condition = (struct condition){.kind = CONDITION_ALL, .parts = {parts.items, parts.count}};
	return condition;
}

READ(load_condition_member, *(const struct condition **)field = load_condition(loader, node))

const struct member_type member_condition = {MEMORY_POINTER, load_condition_member, "condition"};

/* --- as constants --- */

static const struct shape shape_check = {"check"};

static const struct member argument_members[] = {
	{AT(argument, text), NULL, &found_text},
	{AT(argument, compiled), NULL, &found_text},
	{AT(argument, truth), NULL, &found_number},
	{AT(argument, set), NULL, &found_pointer, .of = &shape_text_set},
	{AT(argument, least), NULL, &found_number},
	{AT(argument, most), NULL, &found_number},
	{0},
};
static const struct shape shape_argument = {STRUCT(argument), .members = argument_members};

static const struct member use_members[] = {
	{AT(use_of_check, check), NULL, &found_registered, .of = &shape_check},
	{AT(use_of_check, argument), NULL, &found_pointer, .of = &shape_argument},
	{AT(use_of_check, reference), NULL, &found_pointer, .of = &shape_reference},
	{AT(use_of_check, list), NULL, &found_pointer, .of = &shape_list},
	{0},
};
static const struct shape shape_use = {STRUCT(use_of_check), .members = use_members};

static const struct member condition_members[] = {
	{AT(condition, kind), NULL, &found_number},
	{AT(condition, parts), NULL, &found_array, .of = &shape_condition},
	{AT(condition, reference), NULL, &found_pointer, .of = &shape_reference},
	{AT(condition, use), NULL, &found_struct, .of = &shape_use},
	{0},
};
const struct shape shape_condition = {STRUCT(condition), .members = condition_members};
