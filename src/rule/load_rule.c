/* Rules: what must hold, and what they say where it does not. */
#include "rule/load_condition.h"
#include "rule/load_language.h"
#include "rule/load_selector.h"
#include "rule/load_reference.h"
#include "rule/lookup.h"
#include "rule/member_type.h"
#include "rule/prefilter.h"
#include "rule/shapes.h"

/* --- labels, targets --- */

static const struct member label_members[] = {
	{AT(rule_label, at), "at", &member_reference, NEEDED, "where", &shape_reference},
	{AT(rule_label, message), "message", &member_message, NEEDED, "what is there", &shape_message},
	{0},
};
static const struct shape shape_label = {STRUCT(rule_label), "a label", "another place to look at", label_members};

static const struct member override_members[] = {
	{AT(target_override, target), NULL, &found_pointer, .of = &shape_target},
	{AT(target_override, severity), "severity", &member_word, OPTIONAL, "for these versions",
         .words = severity_words, .flag = offsetof(struct target_override, has_severity)},
	{AT(target_override, has_severity), NULL, &found_number},
	{AT(target_override, effect), "effect", &member_effect_or_none, OPTIONAL, "for these versions",
         .flag = offsetof(struct target_override, has_effect)},
	{AT(target_override, has_effect), NULL, &found_number},
	{0},
};
static const struct shape shape_override = {STRUCT(target_override), "by_target",
	"what is different for some versions", override_members};

static void load_by_target(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct rule *rule = object;
	if (!load_map(loader, node, member->name)) return;
	struct target_override *overrides = arena_array(loader->arena, struct target_override, node->count);
	for (size_t i = 0; i < node->count; i++) {
		overrides[i].target = load_target_name(loader, &node->items[2 * i]);
		load_shape(loader, &node->items[2 * i + 1], &shape_override, &overrides[i]);
	}
	rule->overrides.items = overrides;
	rule->overrides.count = node->count;
}

static void load_targets(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct rule *rule = object;
	if (!load_list(loader, node, member->name)) return;
	const struct target **targets = arena_array(loader->arena, const struct target *, node->count);
	rule->targets.items = targets;
	for (size_t i = 0; i < node->count; i++)
		if ((targets[rule->targets.count] = load_target_name(loader, &node->items[i])))
			rule->targets.count++;
}

/* --- rules --- */

static void load_rule(struct loader *loader, const struct node *node, void *object) {
	struct rule *rule = object;
	rule->place = (struct file_place){node->line, node->column};
	rule->enabled = true;
	load_members(loader, node, &shape_rule, rule);
	loader->selector = NULL;
	loader->selector_failed = false;
	/* Of what could not be loaded nothing can be told. */
	if (!loader->faults)
		rule->prefilter = prefilter_make(loader->arena, rule);
}

static void load_rule_selector(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	member_selector.load(loader, node, member, object);
	loader->selector_failed = !((struct rule *)object)->selector;
}

static const struct member_type member_targets = {MEMORY_POINTERS, load_targets,
                                                  "'type': 'array', 'items': {'$ref': '#/$defs/name'}"};
static const struct member_type member_by_target = {MEMORY_ARRAY, load_by_target,
                                                    "'type': 'object', 'propertyNames': {'$ref': '#/$defs/name'}, "
                                                    "'additionalProperties': {'$ref': '#/$defs/target_override'}"};
static const struct member_type member_rule_selector = {MEMORY_POINTER, load_rule_selector, "selector"};

/* What it looks at comes before all that speaks of it. */
static const struct word meeting_words[] = {{"same", ADDRESS_SAME}, {"other", ADDRESS_OTHER}, {"machine", ADDRESS_MACHINE}, {"unsaid", ADDRESS_UNSAID}, {0}};

static const struct member rule_members[] = {
	{AT(rule, id), "id", &member_id, NEEDED, "its name in the pack; never used anew for another rule"},
	{AT(rule, place), NULL, &found_struct, .of = &shape_file_place},
	{AT(rule, severity), "severity", &member_word, NEEDED,
         "`error`: with the declared versions it does not work, or a secret is open. `warning`: it works and breaks "
         "under a stated condition, or is unsafe. `info`: style",
         .words = severity_words},
	{AT(rule, enabled), "enabled", &member_truth, OPTIONAL,
         "`false`: off unless a run or the configuration selects it"},
	{AT(rule, selector), "look_at", &member_rule_selector, NEEDED, "what it looks at", &shape_selector},
	{AT(rule, title), "title", &member_message, NEEDED, "what is wrong, in general", &shape_message},
	{AT(rule, docs), "docs", &member_words, OPTIONAL, "what the rule knows, and whence", &shape_words},
	{AT(rule, effect), "effect", &member_effect, OPTIONAL, "what the user then meets, see below"},
	{AT(rule, targets), "targets", &member_targets, OPTIONAL, "the only versions that the rule is about",
         &shape_target},
	{AT(rule, overrides), "by_target", &member_by_target, OPTIONAL,
         "target → `severity` and `effect` (or `none`) for its versions", &shape_override},
	{AT(rule, when), "when", &member_condition, OPTIONAL, "a condition: whether the rule applies",
         &shape_condition},
	{AT(rule, expect), "expect", &member_condition, OPTIONAL,
         "a condition: what must hold. Without it, all that is left is a finding", &shape_condition},
	{AT(rule, prefilter), NULL, &found_struct, .of = &shape_prefilter},
	{AT(rule, at), "at", &member_reference, OPTIONAL,
         "a reference: what the finding points at; without it, the thing itself", &shape_reference},
	{AT(rule, address), "address", &member_truth, OPTIONAL,
         "`true`: it compares addresses of two files. It is not evaluated beside `containers`, where an address has two sides, "
         "and a warning at most where `client_host` may be another machine"},
	{AT(rule, meeting), "meeting", &member_word, OPTIONAL,
         "told only where maps of containers say that `client_host` leads to the program of the other file (`same`), to the "
         "client's own container, where that program is not (`other`), to the machine, which no other container answers for at "
         "`client_port` (`machine`), or none of these (`unsaid`)",
         .words = meeting_words},
	{AT(rule, open_at), "open_at", &member_reference, OPTIONAL,
         "a reference: the port by which others get at it, `8088/tcp` or `5060`, or several with commas between. It is not told "
         "where maps of containers say that the file's program is in a container, and publish that port to no other machine",
         &shape_reference},
	{AT(rule, unfinished), "unfinished", &member_truth, OPTIONAL,
         "`true`: the rule is about what is still to be filled in or mended, too"},
	{AT(rule, message), "message", &member_message, NEEDED, "one sentence about this finding", &shape_message},
	{AT(rule, why), "why", &member_message, OPTIONAL, "what then happens", &shape_message},
	{AT(rule, help), "help", &member_message, OPTIONAL, "what to do", &shape_message},
	{AT(rule, labels), "labels", &member_array, OPTIONAL, "other places to look at: a list", &shape_label},
	{AT(rule, fixes), "fix", &member_array_or_one, OPTIONAL, "a fix, or a list: the first that the run may apply is",
         &shape_fix},
	{AT(rule, tests), "tests", &member_array, OPTIONAL, "examples, see below", &shape_test},
	{0},
};
const struct shape shape_rule = {STRUCT(rule), "a rule",
	"what must hold, and what is said and done where it does not", rule_members, load_rule};

static const struct member place_members[] = {
	{AT(file_place, line), NULL, &found_number}, {AT(file_place, column), NULL, &found_number}, {0}};
const struct shape shape_file_place = {STRUCT(file_place), .members = place_members};
