/* Rules: what they look at, what must hold, what they say and mend. */
#include <string.h>

#include "rule/loader.h"

/* --- what a rule looks at --- */

static void load_each(struct loader *loader, const struct node *node, void *object)
{
	static const struct {
		const char *name;
		enum thing_kind kind;
	} things[] = {{"file", THING_FILE}, {"section", THING_SECTION}, {"key", THING_KEY}, {"fault", THING_FAULT}};
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

static bool is_about_section(const struct reference *reference)
{
	static const bool fields[FIELD_COUNT] = {[FIELD_section] = true, [FIELD_section_number] = true, [FIELD_file] = true};
	bool about = reference->kind == REFERENCE_KEY || reference->kind == REFERENCE_OWN ||
	             (reference->kind == REFERENCE_FIELD && fields[reference->field]);
	for (size_t i = 0; i < reference->filter_count; i++)
		about = about && (!reference->filters[i].reference || is_about_section(reference->filters[i].reference));
	return about;
}

static bool condition_is_about_section(const struct condition *condition)
{
	bool about = true;
	if (condition->kind == CONDITION_CHECK)
		return is_about_section(condition->reference) &&
		       (!condition->use.reference || is_about_section(condition->use.reference));
	for (size_t i = 0; i < condition->count; i++)
		about = about && condition_is_about_section(&condition->parts[i]);
	return about;
}

/* `key|lower: {is: x}` and `key: {one_of: [x, y]}` leave but few keys to judge. */
static void note_keys(struct loader *loader, struct look *look, const struct condition *part)
{
	const struct reference *reference = part->reference;
	if (part->kind != CONDITION_CHECK || reference->kind != REFERENCE_FIELD || reference->field != FIELD_key)
		return;
	if (reference->filter_count > 1 || (reference->filter_count && strcmp(reference->filters[0].filter->name, "lower")))
		return;
	if (!strcmp(part->use.check->name, "is"))
		*list_add(loader->arena, &look->keys) = part->use.argument.text;
	if (!strcmp(part->use.check->name, "one_of"))
		look->keys = part->use.argument.texts;
}

/* What is about the section alone is judged once for all of its keys. */
static void split_where(struct loader *loader, struct look *look)
{
	struct condition *of_section = arena_new(loader->arena, struct condition);
	struct condition *of_key = arena_new(loader->arena, struct condition);
	struct condition *section_parts = arena_array(loader->arena, struct condition, look->where->count);
	struct condition *key_parts = arena_array(loader->arena, struct condition, look->where->count);
	for (size_t i = 0; i < look->where->count; i++) {
		const struct condition *part = &look->where->parts[i];
		if (condition_is_about_section(part))
			section_parts[of_section->count++] = *part;
		else
			key_parts[of_key->count++] = *part;
		note_keys(loader, look, part);
	}
	of_section->parts = section_parts;
	of_key->parts = key_parts;
	look->where_section = of_section;
	look->where = of_key;
}

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
	/* Conditions that could not be loaded are not there to be split. */
	if (look->where && look->kind == THING_KEY && !loader->faults)
		split_where(loader, look);
	if (group_by)
		load_group_by(loader, group_by, look);
	return look;
}

/* --- labels, targets, fixes --- */

static void load_label_at(struct loader *loader, const struct node *node, void *object)
{
	((struct rule_label *)object)->at = load_reference(loader, node);
}

static void load_label_message(struct loader *loader, const struct node *node, void *object)
{
	((struct rule_label *)object)->message = load_message(loader, node);
}

static const struct member label_members[] = {
	{"at", true, load_label_at}, {"message", true, load_label_message}, {NULL, false, NULL}};

static void load_labels(struct loader *loader, const struct node *node, void *object)
{
	struct rule *rule = object;
	if (!load_list(loader, node, "labels"))
		return;
	struct rule_label *labels = arena_array(loader->arena, struct rule_label, node->count);
	for (size_t i = 0; i < node->count; i++)
		load_members(loader, &node->items[i], label_members, "a label", &labels[i]);
	rule->labels = labels;
	rule->label_count = node->count;
}

static void load_severity(struct loader *loader, const struct node *node, enum severity *severity)
{
	struct text text;
	if (load_text(loader, node, &text) && !severity_from_name(text, severity))
		loader_fault(loader, node, TEXT(""), "a severity is error, warning or info");
}

static const char *const effects[] = {"refused", "404",    "401",  "403",    "write-403",
                                      "ws-404",  "ws-401", "cors", "latent", "exposed"};

static void load_effect(struct loader *loader, const struct node *node, struct text *effect)
{
	struct text_list names = {0};
	if (!load_text(loader, node, effect))
		return;
	for (size_t i = 0; i < sizeof(effects) / sizeof(effects[0]); i++) {
		if (text_is(*effect, effects[i]))
			return;
		*list_add(loader->arena, &names) = text_of(effects[i]);
	}
	loader_fault(loader, node, loader_suggest(loader, *effect, &names), "there is no effect '%.*s'",
	             TEXT_ARGUMENTS(*effect));
}

static void load_override_severity(struct loader *loader, const struct node *node, void *object)
{
	struct target_override *override = object;
	override->has_severity = true;
	load_severity(loader, node, &override->severity);
}

static void load_override_effect(struct loader *loader, const struct node *node, void *object)
{
	struct target_override *override = object;
	override->has_effect = true;
	if (node->kind == NODE_TEXT && text_is(node->text, "none"))
		override->effect = TEXT("");
	else
		load_effect(loader, node, &override->effect);
}

static const struct member override_members[] = {
	{"severity", false, load_override_severity}, {"effect", false, load_override_effect}, {NULL, false, NULL}};

static void load_by_target(struct loader *loader, const struct node *node, void *object)
{
	struct rule *rule = object;
	if (!load_map(loader, node, "by_target"))
		return;
	struct target_override *overrides = arena_array(loader->arena, struct target_override, node->count);
	for (size_t i = 0; i < node->count; i++) {
		overrides[i].target = load_target_name(loader, &node->items[2 * i]);
		load_members(loader, &node->items[2 * i + 1], override_members, "by_target", &overrides[i]);
	}
	rule->overrides = overrides;
	rule->override_count = node->count;
}

static void load_rule_targets(struct loader *loader, const struct node *node, void *object)
{
	struct rule *rule = object;
	if (!load_list(loader, node, "targets"))
		return;
	const struct target **targets = arena_array(loader->arena, const struct target *, node->count);
	for (size_t i = 0; i < node->count; i++)
		if ((targets[rule->target_count] = load_target_name(loader, &node->items[i])))
			rule->target_count++;
	rule->targets = targets;
}

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

static const struct member fix_members[] = {
	{"safety", true, load_safety},         {"title", true, load_fix_title}, {"when", false, load_fix_when},
	{"authority", false, load_authority},  {"do", true, NULL},              {NULL, false, NULL},
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

static void load_fixes(struct loader *loader, const struct node *node, void *object)
{
	struct rule *rule = object;
	size_t count = node->kind == NODE_LIST ? node->count : 1;
	struct rule_fix *fixes = arena_array(loader->arena, struct rule_fix, count);
	for (size_t i = 0; i < count; i++)
		load_fix(loader, node->kind == NODE_LIST ? &node->items[i] : node, &fixes[i]);
	rule->fixes = fixes;
	rule->fix_count = count;
}

/* --- rules --- */

static void load_id(struct loader *loader, const struct node *node, void *object)
{
	struct rule *rule = object;
	struct text id;
	if (!load_name(loader, node, &id))
		return;
	struct pack *pack = loader->pack;
	rule->id = text_join(loader->arena, text_join(loader->arena, pack->name, TEXT("/")), id);
	for (const struct rule *other = pack->rules; loader->source && other < rule; other++)
		if (text_equal(other->id, rule->id))
			loader_fault(loader, node, TEXT(""), "there is another rule '%.*s'", TEXT_ARGUMENTS(id));
}

static void load_rule_severity(struct loader *loader, const struct node *node, void *object)
{
	load_severity(loader, node, &((struct rule *)object)->severity);
}

static void load_rule_effect(struct loader *loader, const struct node *node, void *object)
{
	load_effect(loader, node, &((struct rule *)object)->effect);
}

static void load_rule_title(struct loader *loader, const struct node *node, void *object)
{
	((struct rule *)object)->title = load_message(loader, node);
}

static void load_docs(struct loader *loader, const struct node *node, void *object)
{
	struct rule *rule = object;
	rule->docs = node;
	if (node->kind == NODE_MAP)
		load_message(loader, node);
	else
		load_text(loader, node, &(struct text){0});
}

static void load_rule_when(struct loader *loader, const struct node *node, void *object)
{
	((struct rule *)object)->when = load_condition(loader, node);
}

static void load_expect(struct loader *loader, const struct node *node, void *object)
{
	((struct rule *)object)->expect = load_condition(loader, node);
}

static void load_at(struct loader *loader, const struct node *node, void *object)
{
	((struct rule *)object)->at = load_reference(loader, node);
}

static void load_rule_message(struct loader *loader, const struct node *node, void *object)
{
	((struct rule *)object)->message = load_message(loader, node);
}

static void load_why(struct loader *loader, const struct node *node, void *object)
{
	((struct rule *)object)->why = load_message(loader, node);
}

static void load_help(struct loader *loader, const struct node *node, void *object)
{
	((struct rule *)object)->help = load_message(loader, node);
}

/* What judging needs; `look_at` is read before the others: their names depend on it. */
static const struct member judging_members[] = {
	{"id", true, load_id},
	{"severity", true, load_rule_severity},
	{"effect", false, load_rule_effect},
	{"targets", false, load_rule_targets},
	{"by_target", false, load_by_target},
	{"look_at", true, NULL},
	{"when", false, load_rule_when},
	{"expect", false, load_expect},
	{NULL, false, NULL},
};

/* What is said once it has found something. */
static const struct member saying_members[] = {
	{"title", true, load_rule_title}, {"docs", false, load_docs},     {"at", false, load_at},
	{"message", true, load_rule_message}, {"why", false, load_why},   {"help", false, load_help},
	{"labels", false, load_labels},   {"fix", false, load_fixes},     {NULL, false, NULL},
};

enum { JUDGING = sizeof(judging_members) / sizeof(judging_members[0]) - 1 };
enum { SAYING = sizeof(saying_members) / sizeof(saying_members[0]) };

static void load_rule(struct loader *loader, const struct node *node, struct rule *rule)
{
	struct member members[JUDGING + SAYING];
	const struct node *look = node_get(node, "look_at");
	loader->look = NULL;
	if (look)
		rule->look = load_look(loader, look);
	loader->look_failed = !rule->look;
	rule->node = node;
	if (!loader->source) {
		load_some_members(loader, node, judging_members, rule);
		return;
	}
	memcpy(members, judging_members, sizeof(members[0]) * JUDGING);
	memcpy(members + JUDGING, saying_members, sizeof(saying_members));
	load_members(loader, node, members, "a rule", rule);
	rule->complete = true;
}

void pack_complete_rule(struct arena *arena, struct pack *pack, struct rule *rule, struct text language)
{
	struct diagnostics none = {.arena = arena};
	struct loader loader = {.diagnostics = &none, .arena = arena, .pack = pack, .language = language};
	if (rule->complete)
		return;
	rule->complete = true;
	loader.look = rule->look;
	load_some_members(&loader, rule->node, saying_members, rule);
}

void load_rules(struct loader *loader, const struct node *rules)
{
	struct pack *pack = loader->pack;
	if (!rules || !load_list(loader, rules, "rules"))
		return;
	pack->rules = arena_array(loader->arena, struct rule, rules->count);
	for (size_t i = 0; i < rules->count; i++)
		load_rule(loader, &rules->items[i], &pack->rules[pack->rule_count++]);
	loader->look = NULL;
	loader->look_failed = false;
}
