/* What a rule mends. */
#include "rule/loader.h"

static void load_safety(struct loader *loader, const struct node *node, void *object)
{
	static const enum safety safeties[] = {SAFETY_SAFE, SAFETY_UNSAFE, SAFETY_SUGGEST};
	struct text text;
	if (!load_text(loader, node, &text))
		return;
	for (size_t i = 0; i < sizeof(safeties) / sizeof(safeties[0]); i++)
		if (text_is(text, safety_name(safeties[i]))) {
			((struct rule_fix *)object)->safety = safeties[i];
			return;
		}
	loader_fault(loader, node, TEXT(""), "safety is safe, unsafe or suggest");
}

static void load_fix_title(struct loader *loader, const struct node *node, void *object)
{
	((struct rule_fix *)object)->title = load_message(loader, node);
}

static void load_fix_when(struct loader *loader, const struct node *node, void *object)
{
	((struct rule_fix *)object)->when = load_condition(loader, node);
}

static void load_authority(struct loader *loader, const struct node *node, void *object)
{
	const struct role *role = load_role_name(loader, node);
	if (role)
		((struct rule_fix *)object)->authority = role->name;
}

static void load_fix_handlers(struct loader *loader, const struct node *node, void *object)
{
	struct rule_fix *fix = object;
	if (!load_list(loader, node, "handlers"))
		return;
	for (size_t i = 0; i < node->count; i++) {
		struct text name;
		if (load_handler_name(loader, &node->items[i], &name))
			*list_add(loader->arena, &fix->handlers) = name;
	}
}

static const struct member fix_members[] = {
	{"safety", true, load_safety},         {"title", true, load_fix_title}, {"when", false, load_fix_when},
	{"authority", false, load_authority},  {"do", true, NULL},              {"handlers", false, load_fix_handlers},
	{NULL, false, NULL},
};

static void load_fix_argument(struct loader *loader, const struct node *node, const struct fix_argument *argument,
                              struct rule_fix *fix, size_t index)
{
	if (argument->kind == FIX_PLACE)
		fix->references[index] = load_reference(loader, node);
	else
		fix->templates[index] = load_template(loader, node);
}

static void load_fix_arguments(struct loader *loader, const struct node *node, struct rule_fix *fix)
{
	struct text_list names = {0};
	const struct fix_argument *arguments = fix->operator->arguments;
	if (!load_map(loader, node, fix->operator->name))
		return;
	for (size_t i = 0; arguments[i].name; i++) {
		const struct node *value = node_get(node, arguments[i].name);
		*list_add(loader->arena, &names) = text_of(arguments[i].name);
		if (value)
			load_fix_argument(loader, value, &arguments[i], fix, i);
		else if (!arguments[i].optional)
			loader_fault(loader, node, TEXT(""), "'%s' needs '%s'", fix->operator->name, arguments[i].name);
	}
	for (size_t i = 0; i < node->count; i++) {
		bool known = false;
		for (size_t j = 0; j < names.count; j++)
			known = known || text_equal(names.items[j], node->items[2 * i].text);
		if (!known)
			loader_fault(loader, &node->items[2 * i], loader_suggest(loader, node->items[2 * i].text, &names),
			             "'%s' takes no '%.*s'", fix->operator->name, TEXT_ARGUMENTS(node->items[2 * i].text));
	}
}

static void load_operation(struct loader *loader, const struct node *node, struct rule_fix *fix)
{
	struct text_list names = {0};
	if (!load_map(loader, node, "do"))
		return;
	if (node->count != 1) {
		loader_fault(loader, node, TEXT("write {do: {set: {place: …, to: …}}}"), "'do' names one operator");
		return;
	}
	fix->operator = fix_operator_find(node->items[0].text);
	for (size_t i = 0; fix_operators[i]; i++)
		*list_add(loader->arena, &names) = text_of(fix_operators[i]->name);
	if (fix->operator)
		load_fix_arguments(loader, &node->items[1], fix);
	else
		loader_fault(loader, &node->items[0], loader_suggest(loader, node->items[0].text, &names),
		             "there is no fix operator '%.*s'", TEXT_ARGUMENTS(node->items[0].text));
}

static void load_fix(struct loader *loader, const struct node *node, struct rule_fix *fix)
{
	const struct node *operation = node_get(node, "do");
	load_members(loader, node, fix_members, "a fix", fix);
	if (operation)
		load_operation(loader, operation, fix);
}

void load_fixes(struct loader *loader, const struct node *node, void *object)
{
	struct rule *rule = object;
	size_t count = node->kind == NODE_LIST ? node->count : 1;
	struct rule_fix *fixes = arena_array(loader->arena, struct rule_fix, count);
	for (size_t i = 0; i < count; i++)
		load_fix(loader, node->kind == NODE_LIST ? &node->items[i] : node, &fixes[i]);
	rule->fixes = fixes;
	rule->fix_count = count;
}
