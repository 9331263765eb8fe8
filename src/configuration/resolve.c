/* What of a configuration needs the packs: names of roles, programs and rules. */
#include "base/text_set.h"
#include "configuration/load.h"

static void resolve_authority(struct loader *loader, const struct pack_list *packs, const struct node *node) {
	struct text_list names = {0};
	if (!node || node->kind != NODE_TEXT) return;
	for (size_t i = 0; i < packs->count; i++)
		for (size_t j = 0; j < packs->items[i]->roles.count; j++) {
			struct text name = packs->items[i]->roles.items[j]->name;
			if (text_equal(name, node->text)) return;
			*list_add(loader->arena, &names) = name;
		}
	loader_fault(loader, node, loader_suggest(loader, node->text, &names), "no pack has a role '%.*s'",
	             TEXT_ARGUMENTS(node->text));
}

/* `holder` is the map that may have `targets`. */
static void resolve_targets(struct loader *loader, const struct text_list *programs, const struct node *holder) {
	const struct node *targets = node_get(holder, "targets");
	for (size_t i = 0; targets && targets->kind == NODE_MAP && i < targets->count; i++) {
		const struct node *program = &targets->items[2 * i];
		if (program->text.length && !text_list_has(programs, program->text))
			loader_fault(loader, program, loader_suggest(loader, program->text, programs),
			             "no pack judges for versions of '%.*s'", TEXT_ARGUMENTS(program->text));
	}
}

static void fault_unknown_rule(struct loader *loader, const struct node *node, struct text name, const struct text_list *names) {
	struct text near, help = TEXT("`arilint rule` lists them");
	if (text_list_nearest(loader->arena, names, name, &near))
		help = text_format(loader->arena, "did you mean '%.*s'?", TEXT_ARGUMENTS(near));
	loader_fault(loader, node, help, "there is no rule or pack '%.*s'", TEXT_ARGUMENTS(name));
}

static void resolve_levels(struct loader *loader, const struct rule_choice_list *choices, const struct level_list *levels) {
	struct text_list names = selection_names(loader->arena, choices);
	for (size_t i = 0; i < levels->count; i++) {
		const struct level *level = &levels->items[i];
		if (text_is(level->name->text, "all") || !selection_knows(choices, level->name->text))
			fault_unknown_rule(loader, level->name, level->name->text, &names);
		else if (!level->ignore && text_is(level->name->text, "arilint/unused-suppression"))
			loader_fault(loader, level->name, TEXT("write ignore, or leave it out"),
			             "'%.*s' has no other severity", TEXT_ARGUMENTS(level->name->text));
	}
}

/* `ignore: {GLOB: [RULE]}`: by now the names are globs of PACK/RULE. */
static void resolve_ignored(struct loader *loader, const struct rule_choice_list *choices, const struct node *ignore) {
	struct text_list names = selection_names(loader->arena, choices);
	for (size_t i = 0; ignore && ignore->kind == NODE_MAP && i < ignore->count; i++) {
		const struct node *rules = &ignore->items[2 * i + 1], *list = rules->kind == NODE_LIST ? rules->items : rules;
		for (size_t j = 0; j < (rules->kind == NODE_LIST ? rules->count : 1); j++)
			if (list[j].kind == NODE_TEXT && !selection_knows(choices, list[j].text))
				fault_unknown_rule(loader, &list[j], list[j].text, &names);
	}
}

/* Adds those of programs that have none yet. */
static void add_versions(struct arena *arena, struct version_list *versions, const struct version_list *more) {
	for (size_t i = 0; i < more->count; i++)
		if (!version_find(versions, more->items[i].program))
			*list_add(arena, versions) = more->items[i];
}

/* The first to name a version of a program is the command line, then a group, then the configuration. */
static void settle_versions(struct arena *arena, struct configuration *configuration, struct lint_options *options) {
	for (size_t i = 0; i < configuration->inventory.groups.count; i++) {
		struct file_group *group = configuration->inventory.groups.items[i];
		struct version_list versions = options->versions;
		/* Full, so that what is added does not go into room that others share. */
		versions.capacity = versions.count;
		add_versions(arena, &versions, &group->versions);
		add_versions(arena, &versions, &configuration->versions);
		group->versions = versions;
	}
	add_versions(arena, &options->versions, &configuration->versions);
}

void configuration_resolve(struct diagnostics *diagnostics, struct configuration *configuration,
                           struct lint_options *options) {
	struct loader loader = load_begin(diagnostics, configuration);
	const struct node *tree = configuration->tree, *groups = configuration->groups;
	if (!tree) return;
	struct text_list programs = version_programs(loader.arena, &options->packs);
	resolve_authority(&loader, &options->packs, node_get(tree, "authority"));
	resolve_targets(&loader, &programs, tree);
	resolve_levels(&loader, &options->choices, &configuration->levels);
	resolve_ignored(&loader, &options->choices, node_get(tree, "ignore"));
	if (groups)
		load_groups(&loader, configuration, groups, options);
	if (configuration->settings)
		load_settings(&loader, configuration->settings, options);
	for (size_t i = 0; groups && groups->kind == NODE_MAP && i < groups->count; i++)
		resolve_targets(&loader, &programs, &groups->items[2 * i + 1]);
	settle_versions(loader.arena, configuration, options);
	selection_apply_levels(&options->choices, &configuration->levels);
	if (!options->authority.length)
		options->authority = configuration->authority;
	options->inventory = configuration->inventory;
}
