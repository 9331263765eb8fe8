#include "rule/load.h"

#include "rule/catalogue.h"
#include "rule/joins.h"
#include "rule/load_reference.h"
#include "rule/member_type.h"
#include "rule/shapes.h"

/* --- what packs share --- */

static const struct pack *find_pack(const struct loader *loader, struct text name, struct text_list *names) {
	for (size_t i = 0; i < loader->packs->count; i++) {
		*list_add(loader->arena, names) = loader->packs->items[i]->name;
		if (text_equal(loader->packs->items[i]->name, name))
			return loader->packs->items[i];
	}
	for (size_t i = 0; built_in_packs[i]; i++) {
		*list_add(loader->arena, names) = built_in_packs[i]->name;
		if (text_equal(built_in_packs[i]->name, name))
			return built_in_packs[i];
	}
	return NULL;
}

/* Puts pointers behind those that are there. */
static void share_pointers(struct arena *arena, const void *const **items, size_t *count, const void *const *shared,
                           size_t shared_count) {
	const void **all = arena_array(arena, const void *, *count + shared_count);
	for (size_t i = 0; i < *count; i++)
		all[i] = (*items)[i];
	for (size_t i = 0; i < shared_count; i++)
		all[*count + i] = shared[i];
	*items = all;
	*count += shared_count;
}

#define SHARE(arena, pack, from, table)                                                                 \
	share_pointers(arena, (const void *const **)(void *)&(pack)->table.items, &(pack)->table.count, \
	               (const void *const *)(from)->table.items, (from)->table.count)

/* The globs that packs share. */
static const size_t sets[] = {
	offsetof(struct pack, placeholders), offsetof(struct pack, templates), offsetof(struct pack, generated_files),
	offsetof(struct pack, generated_heads), offsetof(struct pack, containers), offsetof(struct pack, container_folders),
	offsetof(struct pack, scripts), offsetof(struct pack, script_folders), offsetof(struct pack, purposes),
	offsetof(struct pack, usual_environments),
};

static const struct text_set **set_of(const struct pack *pack, size_t i) {
	return (const struct text_set **)((uintptr_t)pack + sets[i]);
}

static void share(struct arena *arena, struct pack *pack, const struct pack *from) {
	SHARE(arena, pack, from, handlers);
	SHARE(arena, pack, from, roles);
	SHARE(arena, pack, from, targets);
	SHARE(arena, pack, from, lists);
	SHARE(arena, pack, from, settings);
	SHARE(arena, pack, from, expressions);
	for (size_t i = 0; i < sizeof(sets) / sizeof(*sets); i++)
		if (*set_of(from, i))
			*set_of(pack, i) = *set_of(from, i);
}

static void load_use(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct pack *pack = object;
	struct text_list names = {0};
	load_texts(loader, node, &pack->use);
	for (size_t i = 0; i < pack->use.count; i++) {
		const struct pack *from = find_pack(loader, pack->use.items[i], &names);
		if (from)
			share(loader->arena, pack, from);
		else
			loader_fault(loader, node, loader_suggest(loader, pack->use.items[i], &names),
			             "there is no pack '%.*s'", TEXT_ARGUMENTS(pack->use.items[i]));
	}
}

/* A pack's own stand beside those that it shares: what one pack knows to be filled in is filled in for all. An empty list
 * is none at all. */
static void load_templates(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct pack *pack = object;
	struct text_list texts = {0};
	bool none = node->kind == NODE_LIST && !node->count;
	for (size_t i = 0; !none && pack->templates && i < pack->templates->texts.count; i++)
		*list_add(loader->arena, &texts) = pack->templates->texts.items[i];
	load_texts(loader, node, &texts);
	pack->templates = text_set_make(loader->arena, &texts);
}

static const struct member_type member_templates = {MEMORY_POINTER, load_templates, "texts"};
static const struct member_type member_use = {MEMORY_TEXTS, load_use, "texts"};

/* What is named comes before what names it. */
static const struct member pack_members[] = {
	{AT_WHOLE, "arilint", &member_format, NEEDED, "the number of the format: 1"},
	{AT(pack, name), "pack", &member_name, NEEDED, "the pack's name; rules are called `PACK/RULE`"},
	{AT(pack, path), NULL, &found_text},
	{AT(pack, built_in), NULL, &found_number},
	{AT(pack, confined), NULL, &found_number},
	{AT(pack, title), "title", &member_text, OPTIONAL, "what it is about"},
	{AT(pack, use), "use", &member_use, OPTIONAL,
         "packs whose handlers, roles, targets, lists, settings, expressions and globs of texts this one shares; its own of "
         "the same name come first"},
	{AT(pack, handlers), "handlers", &member_pointers, OPTIONAL,
         "name → what lets a program read its files again after a fix", &shape_handler},
	{AT(pack, roles), "roles", &member_pointers, OPTIONAL, "name → role", &shape_role},
	{AT(pack, authority), "authority", &member_role_name, OPTIONAL,
         "the role that is right when two files differ; `--authority` and the configuration turn it round"},
	{AT(pack, targets), "targets", &member_pointers, OPTIONAL, "name → versions of a program", &shape_target},
	{AT(pack, placeholders), "placeholders", &member_text_set, OPTIONAL,
         "globs, in any case, of values that people write until they know better: `changeme`. Three and more of one sign, "
         "as `********`, are one in every pack",
         &shape_text_set},
	{AT(pack, templates), "templates", &member_templates, OPTIONAL,
         "globs, in any case but for capitals in them, of values that a program fills in before use: `${X}`. They are added "
         "to shared ones; an empty list is none at all",
         &shape_text_set},
	{AT(pack, generated_files), "generated_files", &member_text_set, OPTIONAL,
         "globs, in any case, of names of files that a program writes: they are never fixed", &shape_text_set},
	{AT(pack, generated_heads), "generated_heads", &member_text_set, OPTIONAL,
         "globs, in any case, of a line among the first ten by which a file says that a program writes it", &shape_text_set},
	{AT(pack, containers), "containers", &member_text_set, OPTIONAL,
         "globs, in any case, of the names of files that put programs into containers: beside them an address may be that of "
         "another place",
         &shape_text_set},
	{AT(pack, container_folders), "container_folders", &member_text_set, OPTIONAL,
         "names of folders in which such files are sought, too, as `FOLDER/NAME` or `NAME`: `k8s`", &shape_text_set},
	{AT(pack, scripts), "scripts", &member_text_set, OPTIONAL,
         "globs, in any case, of the names of shell scripts that set programs up: a file that one of them writes is not missing "
         "where another includes it",
         &shape_text_set},
	{AT(pack, script_folders), "script_folders", &member_text_set, OPTIONAL, "names of folders in which such scripts are sought, too",
         &shape_text_set},
	{AT(pack, purposes), "purposes", &member_text_set, OPTIONAL,
         "words for what a file is for that has one in its name, or in that of a folder: `staging.env`, `staging/.env`",
         &shape_text_set},
	{AT(pack, usual_environments), "usual_environments", &member_text_set, OPTIONAL,
         "environments that programs run in unless they are told another: what a layer of one of them sets may win over what "
         "layers of none set",
         &shape_text_set},
	{AT(pack, lists), "lists", &member_pointers, OPTIONAL, "name → texts to choose from", &shape_list},
	{AT(pack, first_setting), NULL, &found_number},
	{AT(pack, joined), NULL, &found_array, .of = &shape_places},
	{AT(pack, settings), "settings", &member_pointers, OPTIONAL,
         "name → a value that lives in a role, or is composed of others", &shape_setting},
	{AT(pack, client_host), "client_host", &member_reference, OPTIONAL,
         "the setting that says at which host a client seeks the server. Where that may be another one, what differs between "
         "the two is a warning at most",
         &shape_reference},
	{AT(pack, client_port), "client_port", &member_reference, OPTIONAL, "the setting that says at which port", &shape_reference},
	{AT(pack, verification), "verify", &member_pointer, OPTIONAL, "what `arilint verify` asks a server",
         &shape_verification},
	{AT(pack, rules), "rules", &member_array, OPTIONAL, "the list of rules", &shape_rule},
	{AT(pack, meanings), "meanings", &member_pointers, OPTIONAL,
         "name → what keys are for: editors show it beside them, and offer them where the conditions hold", &shape_meaning},
	{AT(pack, expressions), "expressions", &member_pointers, OPTIONAL,
         "name → a part of regular expressions, or a list: any of them, which the pattern of a symptom takes in by its name, `{{name}}`",
         &shape_expression},
	{AT(pack, symptoms), "symptoms", &member_array, OPTIONAL,
         "what programs write into their logs when something is wrong: what `arilint diagnose` looks for",
         &shape_symptom},
	{0},
};
const struct shape shape_pack = {STRUCT(pack), "a pack", "a rule pack of arilint", pack_members};

/* The first number that no setting of these packs has. */
static uint32_t next_setting(const struct pack_list *packs) {
	uint32_t next = 0;
	for (size_t i = 0; i < packs->count; i++) {
		uint32_t end = packs->items[i]->first_setting + (uint32_t)packs->items[i]->settings.count;
		next = end > next ? end : next;
	}
	return next;
}

/* The settings that a rule compares with those of another role. */
static void find_joined(struct loader *loader, struct pack *pack) {
	bool *all = arena_array(loader->arena, bool, pack->settings.count);
	uint32_t *places = arena_array(loader->arena, uint32_t, pack->settings.count);
	for (size_t i = 0; i < pack->rules.count; i++) {
		bool *joined = arena_array(loader->arena, bool, pack->settings.count);
		bool several = rule_joins(pack, &pack->rules.items[i], joined);
		for (size_t j = 0; several && j < pack->settings.count; j++)
			all[j] = all[j] || joined[j];
	}
	pack->joined.items = places;
	for (size_t i = 0; i < pack->settings.count; i++)
		if (all[i])
			places[pack->joined.count++] = (uint32_t)i;
}

static struct pack *load_pack(struct loader *loader, const struct node *tree) {
	static const struct text_set none;
	struct pack *pack = arena_new(loader->arena, struct pack);
	loader->pack = pack;
	pack->path = loader->source->path;
	pack->first_setting = next_setting(loader->packs);
	load_shape(loader, tree, &shape_pack, pack);
	for (size_t i = 0; i < sizeof(sets) / sizeof(*sets); i++)
		*set_of(pack, i) = *set_of(pack, i) ? *set_of(pack, i) : &none;
	if (loader->faults)
		return NULL;
	find_joined(loader, pack);
	return pack;
}

const struct pack *pack_load(struct diagnostics *diagnostics, struct source *source, const struct pack_list *at_hand) {
	struct loader loader = {
		.diagnostics = diagnostics, .arena = diagnostics->arena, .source = source, .packs = at_hand};
	const struct node *tree = node_read(diagnostics, source);
	return tree ? load_pack(&loader, tree) : NULL;
}

const struct pack *pack_confine(struct arena *arena, const struct pack *pack) {
	struct pack *confined = arena_new(arena, struct pack);
	*confined = *pack;
	confined->confined = true;
	confined->verification = NULL;
	return confined;
}

const struct pack *pack_read(struct diagnostics *diagnostics, struct text path, const struct pack_list *at_hand) {
	struct loader loader = {.diagnostics = diagnostics, .arena = diagnostics->arena, .packs = at_hand};
	struct catalogue catalogues[LANGUAGE_COUNT] = {0};
	if (!loader_read(&loader, path, "the rule pack")) return NULL;
	const struct node *tree = node_read(diagnostics, loader.source);
	loader.path.arena = loader.arena;
	loader.catalogues = catalogues;
	bool spoken = catalogues_read(diagnostics, path, catalogues);
	const struct pack *pack = tree ? load_pack(&loader, tree) : NULL;
	/* Where the pack could not be read, nothing can be told of its texts. */
	bool used = !pack || catalogues_check_used(diagnostics, catalogues, pack->name);
	return spoken && used ? pack : NULL;
}
