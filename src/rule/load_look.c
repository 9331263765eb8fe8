#include "rule/load_look.h"

#include "rule/load_condition.h"
#include "rule/load_reference.h"
#include "rule/member_type.h"
#include "rule/shapes.h"

static const struct word thing_words[] = {{"file", THING_FILE},   {"section", THING_SECTION}, {"key", THING_KEY},
                                          {"fault", THING_FAULT}, {"line", THING_LINE},       {0}};

static void load_of_setting(struct loader *loader, const struct node *node, const struct member *member, void *object)
{
	struct look *look = object;
	const struct reference *reference = load_reference(loader, node);
	if (!reference)
		return;
	if (reference->kind != REFERENCE_SETTING || reference->filters.count || !reference->setting->role ||
	    !reference->setting->keys.count) {
		loader_fault(loader, node, TEXT("name a setting that has 'role' and 'keys'"),
		             "this can't be looked at");
		return;
	}
	look->kind = THING_SETTING;
	look->setting = reference->setting;
	look->role = reference->setting->role;
}

/* What stands in a thing has names that depend on its kind: the two are read behind what says it. */
static void load_where(struct loader *loader, const struct node *node, const struct member *member, void *object)
{
	struct look *look = object;
	loader->look = look;
	if (look->role)
		look->where = load_condition(loader, node);
}

static void load_group_by(struct loader *loader, const struct node *node, const struct member *member, void *object)
{
	struct look *look = object;
	loader->look = look;
	if (!look->role || !load_list(loader, node, member->name))
		return;
	struct reference *references = arena_array(loader->arena, struct reference, node->count);
	look->group_by.items = references;
	for (size_t i = 0; i < node->count; i++) {
		const struct reference *reference = load_reference(loader, &node->items[i]);
		if (!reference)
			continue;
		references[look->group_by.count++] = *reference;
		look->groups_within_section = look->groups_within_section || (reference->kind == REFERENCE_FIELD &&
		                                                              reference->field == FIELD_section_number);
	}
}

static void load_what_to_look_at(struct loader *loader, const struct node *node, void *object)
{
	struct look *look = object;
	look->kind = THING_SETTING;
	loader->look = NULL;
	load_members(loader, node, &shape_look, look);
	bool each = node_get(node, "each") != NULL, setting = node_get(node, "setting") != NULL;
	if (node->kind == NODE_MAP && (each == setting || (each && !node_get(node, "in"))))
		loader_fault(loader, node, TEXT("write {each: section, in: ROLE}, or {setting: NAME}"),
		             "this does not say what to look at");
	loader->look = look->role ? look : NULL;
}

static const struct member_type member_setting_to_look_at = {MEMORY_POINTER, load_of_setting, "name"};
static const struct member_type member_where = {MEMORY_POINTER, load_where, "condition"};
static const struct member_type member_group_by = {MEMORY_ARRAY, load_group_by,
                                                   "'type': 'array', 'items': {'$ref': '#/$defs/reference'}"};

static const struct member look_members[] = {
	{AT(look, kind), "each", &member_word, OPTIONAL, "`file`, `section`, `key`, `line` or `fault`, one by one",
         .words = thing_words},
	{AT(look, role), "in", &member_role, OPTIONAL, "the role; needed with `each`", &shape_role},
	{AT(look, setting), "setting", &member_setting_to_look_at, OPTIONAL,
         "instead of both: each place that a setting's keys match, where the value counts", &shape_setting},
	{AT(look, where), "where", &member_where, OPTIONAL, "a condition: which of them", &shape_condition},
	{AT(look, group_by), "group_by", &member_group_by, OPTIONAL,
         "a list of references: things whose values agree are a group; `first` and `previous` then name its first "
         "thing and the one before",
         &shape_reference},
	{AT(look, groups_within_section), NULL, &found_number},
	{0},
};
const struct shape shape_look = {STRUCT(look), "look_at", "what to look at", look_members, load_what_to_look_at,
	"'oneOf': [{'required': ['each', 'in']}, {'required': ['setting']}]"};

const struct look *load_look(struct loader *loader, const struct node *node)
{
	struct look *look = arena_new(loader->arena, struct look);
	load_shape(loader, node, &shape_look, look);
	return look->role ? look : NULL;
}

READ(load_look_member, *(const struct look **)field = load_look(loader, node))

const struct member_type member_look = {MEMORY_POINTER, load_look_member, "look"};
