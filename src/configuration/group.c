/* Groups: files that belong together, under the roles that the packs have. */
#include "configuration/load.h"

struct group_loading {
	struct configuration *configuration;
	const struct lint_options *options;
	struct file_group *group;
};

/* Splits ROLE or PACK.ROLE and says when no pack has it. */
static bool load_role(struct loader *loader, const struct group_loading *loading, const struct node *node,
                      struct declared_file *declared) {
	const struct pack_list *packs = &loading->options->packs;
	struct text_list names = {0};
	size_t dot = text_find_byte(node->text, '.');
	declared->pack = dot == TEXT_NOT_FOUND ? TEXT("") : text_slice(node->text, 0, dot);
	declared->role = dot == TEXT_NOT_FOUND ? node->text : text_from(node->text, dot + 1);
	for (size_t i = 0; i < packs->count; i++)
		for (size_t j = 0; j < packs->items[i]->roles.count; j++) {
			const struct pack *pack = packs->items[i];
			struct text role = pack->roles.items[j]->name;
			bool right_pack = !declared->pack.length || text_equal(declared->pack, pack->name);
			if (right_pack && text_equal(role, declared->role)) return true;
			*list_add(loader->arena, &names) =
				declared->pack.length ? text_format(loader->arena, "%.*s.%.*s", TEXT_ARGUMENTS(pack->name),
			                                            TEXT_ARGUMENTS(role))
						      : role;
		}
	loader_fault(loader, node, loader_suggest(loader, node->text, &names), "no pack has a role '%.*s'",
	             TEXT_ARGUMENTS(node->text));
	return false;
}

static void load_file(struct loader *loader, const struct group_loading *loading, const struct node *node,
                      struct declared_file declared) {
	if (!load_path(loader, loading->configuration, node, &declared.path)) return;
	if (!inventory_add(loader->arena, &loading->configuration->inventory, loading->group, declared))
		loader_fault(loader, node, TEXT(""), "a file may be in at most %d groups", INVENTORY_MOST_DECLARATIONS);
}

static void load_group_files(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	const struct group_loading *loading = object;
	struct map seen = {0};
	if (!load_map(loader, node, member->name)) return;
	for (size_t i = 0; i < node->count; i++) {
		const struct node *paths = &node->items[2 * i + 1];
		struct declared_file declared = {0};
		if (!load_key(loader, &seen, &node->items[2 * i]) || !load_role(loader, loading, &node->items[2 * i], &declared))
			continue;
		if (paths->kind == NODE_LIST)
			for (size_t j = 0; j < paths->count; j++)
				load_file(loader, loading, &paths->items[j], declared);
		else
			load_file(loader, loading, paths, declared);
	}
}

static void load_group_targets(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	const struct group_loading *loading = object;
	load_versions_of(loader, node, &loading->group->versions);
}

static const struct member_type member_files = {
	MEMORY_NONE, load_group_files, "'type': 'object', 'additionalProperties': {'$ref': '#/$defs/texts'}"};
static const struct member_type member_targets = {
	MEMORY_NONE, load_group_targets, "'type': 'object', 'additionalProperties': {'$ref': '#/$defs/text'}"};

static const struct member group_members[] = {
	{AT_WHOLE, "files", &member_files, NEEDED, "its files by their roles: ROLE or PACK.ROLE, a path or a list of paths"},
	{AT_WHOLE, "targets", &member_targets, OPTIONAL, "versions of programs that it is judged for"},
	{0},
};
const struct shape shape_group = {"group", sizeof(struct group_loading), "a group", "files that belong together",
	group_members};

void load_groups(struct loader *loader, struct configuration *configuration, const struct node *node,
                 const struct lint_options *options) {
	struct group_loading loading = {configuration, options, NULL};
	struct map seen = {0};
	if (!load_map(loader, node, "groups")) return;
	for (size_t i = 0; i < node->count; i++) {
		if (!load_key(loader, &seen, &node->items[2 * i])) continue;
		loading.group = arena_new(loader->arena, struct file_group);
		loading.group->name = node->items[2 * i].text;
		*list_add(loader->arena, &configuration->inventory.groups) = loading.group;
		load_shape(loader, &node->items[2 * i + 1], &shape_group, &loading);
	}
}
