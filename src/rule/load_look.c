/* What a rule looks at. */
#include "rule/loader.h"

static void load_each(struct loader *loader, const struct node *node, void *object)
{
	static const struct {
		const char *name;
		enum thing_kind kind;
	} things[] = {{"file", THING_FILE},   {"section", THING_SECTION}, {"key", THING_KEY},
	              {"fault", THING_FAULT}, {"line", THING_LINE}};
	struct look *look = object;
	struct text_list names = {0};
	struct text name;
	if (!load_text(loader, node, &name))
		return;
	for (size_t i = 0; i < sizeof(things) / sizeof(things[0]); i++) {
		if (text_is(name, things[i].name))
			look->kind = things[i].kind;
		*list_add(loader->arena, &names) = text_of(things[i].name);
	}
	if (look->kind == THING_SETTING)
		loader_fault(loader, node, loader_suggest(loader, name, &names), "there is no '%.*s' to look at",
		             TEXT_ARGUMENTS(name));
}

static void load_in(struct loader *loader, const struct node *node, void *object)
{
	((struct look *)object)->role = load_role_name(loader, node);
}

static void load_of_setting(struct loader *loader, const struct node *node, void *object)
{
	struct look *look = object;
	look->kind = THING_SETTING;
	const struct reference *reference = load_reference(loader, node);
	if (!reference)
		return;
	if (reference->kind != REFERENCE_SETTING || reference->filter_count || !reference->setting->role ||
	    !reference->setting->keys.count) {
		loader_fault(loader, node, TEXT("name a setting that has 'role' and 'keys'"), "this can't be looked at");
		return;
	}
	look->setting = reference->setting;
	look->role = reference->setting->role;
}

/* `where` and `group_by` are read after the others: their names depend on the thing. */
static const struct member look_members[] = {
	{"each", false, load_each},  {"in", false, load_in},         {"setting", false, load_of_setting},
	{"where", false, NULL},      {"group_by", false, NULL},      {NULL, false, NULL},
};

static void load_group_by(struct loader *loader, const struct node *node, struct look *look)
{
	if (!load_list(loader, node, "group_by"))
		return;
	struct reference *references = arena_array(loader->arena, struct reference, node->count);
	size_t count = 0;
	for (size_t i = 0; i < node->count; i++) {
		const struct reference *reference = load_reference(loader, &node->items[i]);
		if (!reference)
			continue;
		references[count++] = *reference;
		look->groups_within_section = look->groups_within_section || (reference->kind == REFERENCE_FIELD &&
		                                                              reference->field == FIELD_section_number);
	}
	look->group_by = references;
	look->group_by_count = count;
}

const struct look *load_look(struct loader *loader, const struct node *node)
{
	struct look *look = arena_new(loader->arena, struct look);
	look->kind = THING_SETTING;
	load_members(loader, node, look_members, "look_at", look);
	if (node->kind != NODE_MAP)
		return NULL;
	bool each = node_get(node, "each") != NULL, setting = node_get(node, "setting") != NULL;
	if (each == setting || (each && !node_get(node, "in")))
		loader_fault(loader, node, TEXT("write {each: section, in: ROLE}, or {setting: NAME}"),
		             "this does not say what to look at");
	if (!look->role)
		return NULL;
	loader->look = look;
	const struct node *where = node_get(node, "where"), *group_by = node_get(node, "group_by");
	if (where)
		look->where = load_condition(loader, where);
	if (group_by)
		load_group_by(loader, group_by, look);
	return look;
}
