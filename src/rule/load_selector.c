#include "rule/load_selector.h"

#include "rule/load_condition.h"
#include "rule/load_reference.h"
#include "rule/lookup.h"
#include "rule/member_type.h"
#include "rule/shapes.h"

static const struct word subject_words[] = {{"file", SUBJECT_FILE},   {"section", SUBJECT_SECTION}, {"key", SUBJECT_KEY},
                                          {"fault", SUBJECT_FAULT}, {"line", SUBJECT_LINE},       {0}};

static const struct setting *load_place(struct loader *loader, const struct node *node, const struct role *role) {
	const struct reference *reference = load_reference(loader, node);
	if (!reference) return NULL;
	const struct setting *setting = reference->kind == REFERENCE_SETTING ? reference->setting : NULL;
	if (setting && !reference->filters.count && setting->role && setting->keys.globs.count &&
	    (!role || setting->role == role))
		return setting;
	loader_fault(loader, node, TEXT("name settings of one role that have 'role' and 'keys'"), "this can't be looked at");
	return NULL;
}

/* One setting, or a list. */
static void load_places(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct selector *selector = object;
	size_t count = node->kind == NODE_LIST ? node->count : 1;
	const struct setting **settings = arena_array(loader->arena, const struct setting *, count);
	selector->settings.items = settings;
	for (size_t i = 0; i < count; i++) {
		const struct setting *setting =
			load_place(loader, node->kind == NODE_LIST ? &node->items[i] : node, selector->role);
		if (!setting) continue;
		settings[selector->settings.count++] = setting;
		selector->kind = SUBJECT_SETTING;
		selector->role = setting->role;
	}
}

/* What stands in a subject has names that depend on its kind: the two are read behind what says it. */
static void load_where(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct selector *selector = object;
	loader->selector = selector;
	if (selector->role)
		selector->where = load_condition(loader, node);
}

static void load_group_by(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct selector *selector = object;
	loader->selector = selector;
	if (!selector->role || !load_list(loader, node, member->name)) return;
	struct reference *references = arena_array(loader->arena, struct reference, node->count);
	selector->group_by.items = references;
	for (size_t i = 0; i < node->count; i++) {
		const struct reference *reference = load_reference(loader, &node->items[i]);
		if (!reference) continue;
		references[selector->group_by.count++] = *reference;
		selector->groups_within_section = selector->groups_within_section || (reference->kind == REFERENCE_FIELD &&
		                                                              reference->field == FIELD_section_number);
	}
}

/* The names are what the first group finds. */
static void load_taken(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct selector *selector = object;
	struct pattern pattern;
	if (!load_expression(loader, node, &selector->pattern, &pattern)) return;
	selector->compiled = pattern_serialize(&pattern);
	if (!pattern_group_count(&pattern))
		loader_fault(loader, node, TEXT("put what is to be taken into (...)"), "the pattern has no group");
}

static void load_what_to_look_at(struct loader *loader, const struct node *node, void *object) {
	struct selector *selector = object;
	selector->kind = SUBJECT_SETTING;
	loader->selector = NULL;
	load_members(loader, node, &shape_selector, selector);
	bool each = node_get(node, "each") != NULL, setting = node_get(node, "setting") != NULL;
	if (node->kind == NODE_MAP && (each == setting || (each && !node_get(node, "in"))))
		loader_fault(loader, node, TEXT("write {each: section, in: ROLE}, or {setting: NAME}"),
		             "this does not say what to look at");
	loader->selector = selector->role ? selector : NULL;
}

static const struct member_type member_settings_to_look_at = {MEMORY_POINTERS, load_places, "texts"};
static const struct member_type member_taken = {MEMORY_TEXT, load_taken, "text"};
static const struct member_type member_where = {MEMORY_POINTER, load_where, "condition"};
static const struct member_type member_group_by = {MEMORY_ARRAY, load_group_by,
                                                   "'type': 'array', 'items': {'$ref': '#/$defs/reference'}"};

static const struct member selector_members[] = {
	{AT(selector, kind), "each", &member_word, OPTIONAL, "`file`, `section`, `key`, `line` or `fault`, one by one",
         .words = subject_words},
	{AT(selector, role), "in", &member_role, OPTIONAL, "the role; needed with `each`", &shape_role},
	{AT(selector, settings), "setting", &member_settings_to_look_at, OPTIONAL,
         "instead of both: each place that a setting's keys match, where the value counts; or a list of settings of one "
         "role",
         &shape_setting},
	{AT(selector, where), "where", &member_where, OPTIONAL, "a condition: which of them", &shape_condition},
	{AT(selector, group_by), "group_by", &member_group_by, OPTIONAL,
         "a list of references: things whose values agree are a group; `first` and `previous` then name its first "
         "thing and the one before",
         &shape_reference},
	{AT(selector, groups_within_section), NULL, &found_number},
	{AT(selector, pattern), "pattern", &member_taken, OPTIONAL,
         "of a list: a regular expression; what its first group finds in them is taken, each time, instead of all"},
	{AT(selector, compiled), NULL, &found_text},
	{AT(selector, sharing), "sharing", &member_role, OPTIONAL,
         "of a list: a role. It is then gathered from all live files to which the same file of that role belongs as to "
         "the one being judged; of that one's own role, from those that lie neither in its folder nor above or below it",
         &shape_role},
	{0},
};
const struct shape shape_selector = {STRUCT(selector), "look_at", "what to look at", selector_members, load_what_to_look_at,
	"'oneOf': [{'required': ['each', 'in']}, {'required': ['setting']}]"};

const struct selector *load_selector(struct loader *loader, const struct node *node) {
	struct selector *selector = arena_new(loader->arena, struct selector);
	load_shape(loader, node, &shape_selector, selector);
	return selector->role ? selector : NULL;
}

/* From then on, texts of the setting may name fields of such places. */
static void load_of(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct selector *selector = arena_new(loader->arena, struct selector);
	load_places(loader, node, member, selector);
	loader->selector_failed = !selector->role;
	*(const struct selector **)member_at(member, object) = loader->selector = selector->role ? selector : NULL;
}

READ(load_selector_member, *(const struct selector **)field = load_selector(loader, node))

const struct member_type member_selector = {MEMORY_POINTER, load_selector_member, "selector"};
const struct member_type member_of = {MEMORY_POINTER, load_of, "texts"};
