/* The names that a pack defines: roles, targets, lists, settings. */
#include "rule/loader.h"

/* --- handlers --- */

static void load_by_hand(struct loader *loader, const struct node *node, void *object)
{
	((struct pack_handler *)object)->by_hand = node;
	if (!loader->source)
		return;
	if (node->kind == NODE_MAP)
		load_message(loader, node);
	else
		load_text(loader, node, &(struct text){0});
}

static const struct member handler_members[] = {{"by_hand", true, load_by_hand}, {NULL, false, NULL}};

static void load_handlers(struct loader *loader, const struct node *node)
{
	struct pack *pack = loader->pack;
	if (!node || !load_map(loader, node, "handlers"))
		return;
	pack->handlers = arena_array(loader->arena, struct pack_handler, node->count);
	for (size_t i = 0; i < node->count; i++) {
		struct pack_handler *handler = &pack->handlers[pack->handler_count++];
		load_name(loader, &node->items[2 * i], &handler->name);
		load_members(loader, &node->items[2 * i + 1], handler_members, "a handler", handler);
	}
}

bool load_handler_name(struct loader *loader, const struct node *node, struct text *name)
{
	struct text_list names = {0};
	if (!load_text(loader, node, name))
		return false;
	for (size_t i = 0; i < loader->pack->handler_count; i++) {
		if (text_equal(*name, loader->pack->handlers[i].name))
			return true;
		*list_add(loader->arena, &names) = loader->pack->handlers[i].name;
	}
	loader_fault(loader, node, loader_suggest(loader, *name, &names), "there is no handler '%.*s'", TEXT_ARGUMENTS(*name));
	return false;
}

/* --- roles --- */

void load_reader_names(struct loader *loader, const struct node *node, const struct reader **into, size_t *count)
{
	struct text_list wanted = {0}, known = {0};
	for (size_t i = 0; readers[i]; i++)
		*list_add(loader->arena, &known) = text_of(readers[i]->name);
	if (!load_texts(loader, node, &wanted))
		return;
	for (size_t i = 0; i < wanted.count; i++) {
		const struct reader *reader = reader_find(wanted.items[i]);
		if (!reader)
			loader_fault(loader, node, loader_suggest(loader, wanted.items[i], &known), "there is no reader '%.*s'",
			             TEXT_ARGUMENTS(wanted.items[i]));
		else if (*count < ROLE_MOST_READERS)
			into[(*count)++] = reader;
		else
			loader_fault(loader, node, TEXT(""), "a role has at most %d readers", ROLE_MOST_READERS);
	}
}

static void load_readers(struct loader *loader, const struct node *node, void *object)
{
	struct role *role = object;
	load_reader_names(loader, node, role->readers, &role->reader_count);
}

static void load_files(struct loader *loader, const struct node *node, void *object)
{
	load_texts(loader, node, &((struct role *)object)->files);
}

static void load_except(struct loader *loader, const struct node *node, void *object)
{
	load_texts(loader, node, &((struct role *)object)->except);
}

static void load_examples(struct loader *loader, const struct node *node, void *object)
{
	load_texts(loader, node, &((struct role *)object)->examples);
}

static void load_secret(struct loader *loader, const struct node *node, void *object)
{
	struct role *role = object;
	role->secret = node->kind == NODE_LIST;
	if (role->secret)
		load_texts(loader, node, &role->secret_keys);
	else
		load_truth(loader, node, &role->secret);
}

static void load_public(struct loader *loader, const struct node *node, void *object)
{
	load_texts(loader, node, &((struct role *)object)->public_keys);
}

static void load_first_counts(struct loader *loader, const struct node *node, void *object)
{
	load_texts(loader, node, &((struct role *)object)->first_counts);
}

static bool load_choice(struct loader *loader, const struct node *node, const char *no, const char *yes)
{
	struct text text;
	if (load_text(loader, node, &text) && !text_is(text, no) && !text_is(text, yes))
		loader_fault(loader, node, TEXT(""), "this must be %s or %s", no, yes);
	return node->kind == NODE_TEXT && text_is(node->text, yes);
}

static void load_repeated_sections(struct loader *loader, const struct node *node, void *object)
{
	((struct role *)object)->only_first_section = load_choice(loader, node, "merge", "first");
}

static void load_section_case(struct loader *loader, const struct node *node, void *object)
{
	((struct role *)object)->any_case_sections = load_choice(loader, node, "exact", "any");
}

static void load_key_case(struct loader *loader, const struct node *node, void *object)
{
	((struct role *)object)->any_case_keys = load_choice(loader, node, "exact", "any");
}

static void load_role_handler(struct loader *loader, const struct node *node, void *object)
{
	load_handler_name(loader, node, &((struct role *)object)->handler);
}

static const struct member role_members[] = {
	{"readers", true, load_readers},
	{"files", true, load_files},
	{"except", false, load_except},
	{"examples", false, load_examples},
	{"secret", false, load_secret},
	{"public", false, load_public},
	{"repeated_sections", false, load_repeated_sections},
	{"section_case", false, load_section_case},
	{"key_case", false, load_key_case},
	{"first_counts", false, load_first_counts},
	{"handler", false, load_role_handler},
	{NULL, false, NULL},
};

static void load_roles(struct loader *loader, const struct node *node)
{
	struct pack *pack = loader->pack;
	if (!node || !load_map(loader, node, "roles"))
		return;
	pack->roles = arena_array(loader->arena, struct role, node->count);
	for (size_t i = 0; i < node->count; i++) {
		struct role *role = &pack->roles[pack->role_count++];
		load_name(loader, &node->items[2 * i], &role->name);
		load_members(loader, &node->items[2 * i + 1], role_members, "a role", role);
	}
}

const struct role *load_role_name(struct loader *loader, const struct node *node)
{
	struct text_list names = {0};
	struct text name;
	if (!load_text(loader, node, &name))
		return NULL;
	for (size_t i = 0; i < loader->pack->role_count; i++) {
		if (text_equal(name, loader->pack->roles[i].name))
			return &loader->pack->roles[i];
		*list_add(loader->arena, &names) = loader->pack->roles[i].name;
	}
	loader_fault(loader, node, loader_suggest(loader, name, &names), "there is no role '%.*s'", TEXT_ARGUMENTS(name));
	return NULL;
}

/* --- targets --- */

static void load_program(struct loader *loader, const struct node *node, void *object)
{
	load_name(loader, node, &((struct target *)object)->program);
}

static void load_versions(struct loader *loader, const struct node *node, void *object)
{
	struct target *target = object;
	load_texts(loader, node, &target->versions);
	for (size_t i = 0; i < target->versions.count; i++)
		if (text_find(target->versions.items[i], TEXT("..")) == TEXT_NOT_FOUND)
			loader_fault(loader, node, TEXT("write FROM..TO, '20.15..20' or '23..'"), "'%.*s' is not a range of versions",
			             TEXT_ARGUMENTS(target->versions.items[i]));
}

static void load_target_label(struct loader *loader, const struct node *node, void *object)
{
	load_text(loader, node, &((struct target *)object)->label);
}

static const struct member target_members[] = {
	{"program", true, load_program},
	{"versions", true, load_versions},
	{"label", true, load_target_label},
	{NULL, false, NULL},
};

static void load_targets(struct loader *loader, const struct node *node)
{
	struct pack *pack = loader->pack;
	if (!node || !load_map(loader, node, "targets"))
		return;
	pack->targets = arena_array(loader->arena, struct target, node->count);
	for (size_t i = 0; i < node->count; i++) {
		struct target *target = &pack->targets[pack->target_count++];
		load_name(loader, &node->items[2 * i], &target->name);
		load_members(loader, &node->items[2 * i + 1], target_members, "a target", target);
	}
}

const struct target *load_target_name(struct loader *loader, const struct node *node)
{
	struct text_list names = {0};
	struct text name;
	if (!load_text(loader, node, &name))
		return NULL;
	for (size_t i = 0; i < loader->pack->target_count; i++) {
		if (text_equal(name, loader->pack->targets[i].name))
			return &loader->pack->targets[i];
		*list_add(loader->arena, &names) = loader->pack->targets[i].name;
	}
	loader_fault(loader, node, loader_suggest(loader, name, &names), "there is no target '%.*s'", TEXT_ARGUMENTS(name));
	return NULL;
}

/* --- lists --- */

static void load_names_list(struct loader *loader, const struct node *node, struct list *list)
{
	list->texts = text_set_new(loader->arena);
	if (node->kind == NODE_MAP)
		list->sections = load_look(loader, node);
	else
		load_texts(loader, node, &list->texts->texts);
	if (list->sections && !(list->sections->kind & (THING_SECTION | THING_KEY)))
		loader_fault(loader, node, TEXT(""), "a list is of sections' names or of keys' values: write `each: section` or "
		                                     "`each: key`");
	loader->look = NULL;
}

static void load_lists(struct loader *loader, const struct node *node)
{
	struct pack *pack = loader->pack;
	if (!node || !load_map(loader, node, "lists"))
		return;
	pack->lists = arena_array(loader->arena, struct list, node->count);
	for (size_t i = 0; i < node->count; i++) {
		/* Counted when loaded: a list may name the lists above it, so no two name each other. */
		struct list *list = &pack->lists[i];
		load_name(loader, &node->items[2 * i], &list->name);
		load_names_list(loader, &node->items[2 * i + 1], list);
		pack->list_count++;
	}
}

const struct list *load_list_name(struct loader *loader, const struct node *node, struct text name)
{
	struct text_list names = {0};
	for (size_t i = 0; i < loader->pack->list_count; i++) {
		if (text_equal(name, loader->pack->lists[i].name))
			return &loader->pack->lists[i];
		*list_add(loader->arena, &names) = loader->pack->lists[i].name;
	}
	loader_fault_within(loader, node, name, loader_suggest(loader, name, &names), "there is no list '%.*s'",
	                    TEXT_ARGUMENTS(name));
	return NULL;
}

/* --- settings --- */

static void load_setting_role(struct loader *loader, const struct node *node, void *object)
{
	((struct setting *)object)->role = load_role_name(loader, node);
}

static void load_setting_section(struct loader *loader, const struct node *node, void *object)
{
	((struct setting *)object)->section = load_template(loader, node);
}

static void load_any_case(struct loader *loader, const struct node *node, void *object)
{
	load_truth(loader, node, &((struct setting *)object)->any_case);
}

static void load_setting_keys(struct loader *loader, const struct node *node, void *object)
{
	load_texts(loader, node, &((struct setting *)object)->keys);
}

static void load_fallback_keys(struct loader *loader, const struct node *node, void *object)
{
	load_texts(loader, node, &((struct setting *)object)->fallback_keys);
}

static void load_setting_default(struct loader *loader, const struct node *node, void *object)
{
	struct setting *setting = object;
	setting->has_default = load_text(loader, node, &setting->default_text);
}

static void load_first_of(struct loader *loader, const struct node *node, void *object)
{
	struct setting *setting = object;
	if (!load_list(loader, node, "first_of"))
		return;
	struct template *texts = arena_array(loader->arena, struct template, node->count);
	for (size_t i = 0; i < node->count; i++) {
		const struct template *text = load_template(loader, &node->items[i]);
		if (text)
			texts[setting->text_count++] = *text;
	}
	setting->texts = texts;
}

static const struct member setting_members[] = {
	{"role", false, load_setting_role},       {"section", false, load_setting_section},
	{"keys", false, load_setting_keys},       {"default", false, load_setting_default},
	{"first_of", false, load_first_of},       {"fallback_keys", false, load_fallback_keys},
	{"any_case", false, load_any_case},       {NULL, false, NULL},
};

static void load_setting(struct loader *loader, const struct node *node, struct setting *setting)
{
	load_members(loader, node, setting_members, "a setting", setting);
	bool lives = node_get(node, "role") != NULL, composed = node_get(node, "first_of") != NULL;
	if (node->kind == NODE_MAP && lives == composed)
		loader_fault(loader, node, TEXT("give `role` and `keys` (and `section`), or `first_of`"),
		             "a setting either lives in a role or is composed of others");
	if (lives && !node_get(node, "keys") && !node_get(node, "section"))
		loader_fault(loader, node, TEXT(""), "a setting needs 'keys', or 'section' for the section itself");
}

static void load_settings(struct loader *loader, const struct node *node)
{
	struct pack *pack = loader->pack;
	if (!node || !load_map(loader, node, "settings"))
		return;
	pack->settings = arena_array(loader->arena, struct setting, node->count);
	for (size_t i = 0; i < node->count; i++) {
		/* Counted when loaded: a setting may name the settings above it, so no two name each other. */
		struct setting *setting = &pack->settings[i];
		load_name(loader, &node->items[2 * i], &setting->name);
		load_setting(loader, &node->items[2 * i + 1], setting);
		pack->setting_count++;
	}
}

void load_names(struct loader *loader, const struct node *tree)
{
	const struct node *placeholders = node_get(tree, "placeholders"), *templates = node_get(tree, "templates");
	loader->pack->placeholders = text_set_new(loader->arena);
	loader->pack->templates = text_set_new(loader->arena);
	load_handlers(loader, node_get(tree, "handlers"));
	load_roles(loader, node_get(tree, "roles"));
	const struct node *authority = node_get(tree, "authority");
	const struct role *right = authority ? load_role_name(loader, authority) : NULL;
	if (right)
		loader->pack->authority = right->name;
	load_targets(loader, node_get(tree, "targets"));
	if (placeholders)
		load_texts(loader, placeholders, &loader->pack->placeholders->texts);
	if (templates)
		load_texts(loader, templates, &loader->pack->templates->texts);
	load_lists(loader, node_get(tree, "lists"));
	load_settings(loader, node_get(tree, "settings"));
}
