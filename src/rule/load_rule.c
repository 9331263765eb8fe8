/* Rules: what must hold, and what they say where it does not. */
#include <string.h>

#include "diagnostic/effect.h"
#include "rule/loader.h"

/* --- labels, severities, targets --- */

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

void load_severity(struct loader *loader, const struct node *node, enum severity *severity)
{
	struct text text;
	if (load_text(loader, node, &text) && !severity_from_name(text, severity))
		loader_fault(loader, node, TEXT(""), "a severity is error, warning or info");
}

void load_effect(struct loader *loader, const struct node *node, struct text *effect)
{
	struct text_list names = {0};
	if (!load_text(loader, node, effect))
		return;
	for (size_t i = 0; effects[i].name; i++) {
		if (text_is(*effect, effects[i].name))
			return;
		*list_add(loader->arena, &names) = text_of(effects[i].name);
	}
	loader_fault(loader, node, loader_suggest(loader, *effect, &names), "there is no effect '%.*s'",
	             TEXT_ARGUMENTS(*effect));
}

void load_effect_or_none(struct loader *loader, const struct node *node, struct text *effect)
{
	if (node->kind == NODE_TEXT && text_is(node->text, "none"))
		*effect = TEXT("");
	else
		load_effect(loader, node, effect);
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
	load_effect_or_none(loader, node, &override->effect);
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

static void load_enabled(struct loader *loader, const struct node *node, void *object)
{
	load_truth(loader, node, &((struct rule *)object)->enabled);
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

/* What tells whether a rule is wanted at all. */
static const struct member naming_members[] = {
	{"id", true, load_id},           {"severity", true, load_rule_severity},    {"enabled", false, load_enabled},
	{"effect", false, load_rule_effect}, {"targets", false, load_rule_targets}, {"by_target", false, load_by_target},
	{NULL, false, NULL},
};

/* What judging needs; `look_at` is read before the others: their names depend on it. */
static const struct member judging_members[] = {
	{"look_at", true, NULL}, {"when", false, load_rule_when}, {"expect", false, load_expect}, {NULL, false, NULL}};

/* What is said once it has found something. */
static const struct member saying_members[] = {
	{"title", true, load_rule_title}, {"docs", false, load_docs},     {"at", false, load_at},
	{"message", true, load_rule_message}, {"why", false, load_why},   {"help", false, load_help},
	{"labels", false, load_labels},   {"fix", false, load_fixes},     {"tests", false, load_tests},
	{NULL, false, NULL},
};

enum { NAMING = sizeof(naming_members) / sizeof(naming_members[0]) - 1 };
enum { JUDGING = sizeof(judging_members) / sizeof(judging_members[0]) - 1 };
enum { SAYING = sizeof(saying_members) / sizeof(saying_members[0]) };

/* Whether the group's first thing or the one before must be there for the rule to find anything. */
static bool needs_another(const struct condition *condition)
{
	for (size_t i = 0; condition && i < condition->count; i++) {
		const struct condition *part = &condition->parts[i];
		if (part->kind == CONDITION_CHECK && part->reference->kind == REFERENCE_GROUP && condition_needs_value(part))
			return true;
	}
	return false;
}

/* Whether names that differ in more than case are in different groups. */
static bool tells_names_apart(const struct reference *reference)
{
	bool apart = reference->kind == REFERENCE_FIELD;
	for (size_t i = 0; i < reference->filter_count; i++)
		apart = apart && !strcmp(reference->filters[i].filter->name, "lower");
	return apart;
}

/* What must be repeated for a group to have two members. */
static enum thing_kind find_repeats(const struct look *look)
{
	bool by[FIELD_COUNT] = {false};
	for (size_t i = 0; i < look->group_by_count; i++)
		if (tells_names_apart(&look->group_by[i]))
			by[look->group_by[i].field] = true;
	bool one_section = by[FIELD_section] || by[FIELD_section_number] || !look->role->readers[0]->has_sections;
	return by[FIELD_name] ? THING_SECTION : by[FIELD_key] && one_section ? THING_KEY : (enum thing_kind)0;
}

static void analyse(struct rule *rule)
{
	rule->expect_is_local = rule->expect && condition_is_local(rule->expect);
	rule->groups_repeat = rule->look ? find_repeats(rule->look) : (enum thing_kind)0;
	rule->only_repeats = rule->groups_repeat && needs_another(rule->when);
}

/* The role that a rule known to be right looks at, told by names alone. */
static const struct role *find_role(const struct pack *pack, const struct node *look)
{
	const struct node *in = node_get(look, "in"), *setting = node_get(look, "setting");
	for (size_t i = 0; in && i < pack->role_count; i++)
		if (text_equal(pack->roles[i].name, in->text))
			return &pack->roles[i];
	for (size_t i = 0; setting && i < pack->setting_count; i++)
		if (text_equal(pack->settings[i].name, setting->text))
			return pack->settings[i].role;
	return NULL;
}

static void load_rule_look(struct loader *loader, const struct node *look, struct rule *rule)
{
	loader->look = NULL;
	if (look)
		rule->look = load_look(loader, look);
	loader->look_failed = !rule->look;
}

static void load_rule(struct loader *loader, const struct node *node, struct rule *rule)
{
	struct member members[NAMING + JUDGING + SAYING];
	const struct node *look = node_get(node, "look_at");
	rule->node = node;
	rule->enabled = true;
	if (!loader->source) {
		load_some_members(loader, node, naming_members, rule);
		rule->role = find_role(loader->pack, look);
		return;
	}
	memcpy(members, naming_members, sizeof(members[0]) * NAMING);
	memcpy(members + NAMING, judging_members, sizeof(members[0]) * JUDGING);
	memcpy(members + NAMING + JUDGING, saying_members, sizeof(saying_members));
	load_rule_look(loader, look, rule);
	load_members(loader, node, members, "a rule", rule);
	rule->role = rule->look ? rule->look->role : NULL;
	rule->ready = true;
	rule->complete = true;
	/* Of what could not be loaded nothing can be told. */
	if (!loader->faults)
		analyse(rule);
}

void pack_ready_rule(struct arena *arena, struct pack *pack, struct rule *rule, struct text language)
{
	struct diagnostics none = {.arena = arena};
	struct loader loader = {.diagnostics = &none, .arena = arena, .pack = pack, .language = language};
	if (rule->ready)
		return;
	rule->ready = true;
	load_rule_look(&loader, node_get(rule->node, "look_at"), rule);
	load_some_members(&loader, rule->node, judging_members, rule);
	analyse(rule);
}

void pack_complete_rule(struct arena *arena, struct pack *pack, struct rule *rule, struct text language)
{
	struct diagnostics none = {.arena = arena};
	struct loader loader = {.diagnostics = &none, .arena = arena, .pack = pack, .language = language};
	if (rule->complete)
		return;
	pack_ready_rule(arena, pack, rule, language);
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
