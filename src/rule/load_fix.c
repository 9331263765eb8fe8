/* What a rule mends. */
#include "rule/load_condition.h"
#include "rule/load_reference.h"
#include "rule/lookup.h"
#include "rule/member_type.h"
#include "rule/shapes.h"

static const struct word safety_words[] = {
	{"safe", SAFETY_SAFE}, {"unsafe", SAFETY_UNSAFE}, {"suggest", SAFETY_SUGGEST}, {0}};

static void load_handler_names(struct loader *loader, const struct node *node, const struct member *member,
                               void *object) {
	struct rule_fix *fix = object;
	struct text name;
	if (!load_list(loader, node, member->name)) return;
	for (size_t i = 0; i < node->count; i++)
		if (load_handler_name(loader, &node->items[i], &name))
			*list_add(loader->arena, &fix->handlers) = name;
}

static void load_fix_argument(struct loader *loader, const struct node *node, const struct fix_argument *argument,
                              struct rule_fix *fix, size_t index) {
	if (argument->kind == FIX_PLACE)
		fix->references[index] = load_reference(loader, node);
	else
		fix->templates[index] = load_template(loader, node);
}

static void load_fix_arguments(struct loader *loader, const struct node *node, struct rule_fix *fix) {
	struct text_list names = {0};
	const struct fix_argument *arguments = fix->operator->arguments;
	if (!load_map(loader, node, fix->operator->name)) return;
	for (size_t i = 0; arguments[i].name; i++) {
		const struct node *value = node_get(node, arguments[i].name);
		*list_add(loader->arena, &names) = text_of(arguments[i].name);
		if (value)
			load_fix_argument(loader, value, &arguments[i], fix, i);
		else if (!arguments[i].optional)
			loader_fault(loader, node, TEXT(""), "'%s' needs '%s'", fix->operator->name, arguments[i].name);
	}
	for (size_t i = 0; i < node->count; i++) {
		const struct node *name = &node->items[2 * i];
		if (!text_list_has(&names, name->text))
			loader_fault(loader, name, loader_suggest(loader, name->text, &names), "'%s' takes no '%.*s'",
			             fix->operator->name, TEXT_ARGUMENTS(name->text));
	}
}

static void load_operation(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct rule_fix *fix = object;
	if (!load_map(loader, node, "do")) return;
	if (node->count != 1) {
		loader_fault(loader, node, TEXT("write {do: {set: {place: …, to: …}}}"), "'do' names one operator");
		return;
	}
	const struct node *name = &node->items[0];
	fix->operator= LOAD_REGISTERED(loader, name, TEXT(""), name->text, fix_operators, "fix operator");
	if (fix->operator)
		load_fix_arguments(loader, &name[1], fix);
}

static void load_fix_target(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	((struct rule_fix *)object)->target = load_target_name(loader, node);
}

static const struct member_type member_fix_target = {MEMORY_POINTER, load_fix_target, "name"};
static const struct member_type member_handler_names = {MEMORY_TEXTS, load_handler_names,
                                                        "'type': 'array', 'items': {'$ref': '#/$defs/name'}"};
static const struct member_type member_operation = {MEMORY_REGISTERED, load_operation, "operation"};
static const struct shape shape_fix_operator = {"fix_operator"};

static const struct member fix_members[] = {
	{AT(rule_fix, safety), "safety", &member_word, NEEDED,
         "`safe`: after it the programs see what the files already declare to be meant; `--fix` applies it. `unsafe`: "
         "it grants, opens, renames or deletes something with an effect; with `--unsafe-fixes`. `suggest`: only shown",
         .words = safety_words},
	{AT(rule_fix, title), "title", &member_message, NEEDED, "what it does, in the imperative", &shape_message},
	{AT(rule_fix, when), "when", &member_condition, OPTIONAL, "a condition: whether it can be done",
         &shape_condition},
	{AT(rule_fix, address), "address", &member_truth, OPTIONAL,
         "`true`: `when` compares addresses of two files. It can be done only where both certainly mean one place"},
	{AT(rule_fix, authority), "authority", &member_role_name, OPTIONAL, "only when this role is right"},
	{AT(rule_fix, target), "target", &member_fix_target, OPTIONAL,
         "only when the run names one of this target's versions", &shape_target},
	{AT(rule_fix, operator), "do", &member_operation, NEEDED, "one operator with its arguments",
         &shape_fix_operator},
	{AT(rule_fix, references), NULL, &found_pointer, .of = &shape_reference},
	{AT(rule_fix, templates), NULL, &found_pointer, .of = &shape_template},
	{AT(rule_fix, handlers), "handlers", &member_handler_names, OPTIONAL,
         "a list of handlers that it needs besides those of the changed files' roles"},
	{0},
};
const struct shape shape_fix = {STRUCT(rule_fix), "a fix", "how it is mended", fix_members};
