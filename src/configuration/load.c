/* What of a configuration can be read without the packs: it says which packs there are. */
#include "configuration/load.h"

#include "base/path.h"

struct loader load_begin(struct diagnostics *diagnostics, const struct configuration *configuration)
{
	struct loader loader = {.diagnostics = diagnostics, .arena = diagnostics->arena};
	loader.source = configuration->source;
	loader.fault_rule = TEXT("arilint/configuration");
	return loader;
}

bool load_path(struct loader *loader, const struct configuration *configuration, const struct node *node,
               struct text *path)
{
	if (!load_text(loader, node, path))
		return false;
	if (!path->length || text_find_byte(*path, '\0') != TEXT_NOT_FOUND) {
		loader_fault(loader, node, TEXT(""), "this must be a path");
		return false;
	}
	if (!text_starts_with(*path, TEXT("/")))
		*path = text_join(loader->arena, configuration->folder, *path);
	/* The name of standard input. */
	if (text_is(*path, "-"))
		*path = TEXT("./-");
	return true;
}

bool load_key(struct loader *loader, struct map *seen, const struct node *key)
{
	if (!key->text.length)
		loader_fault(loader, key, TEXT(""), "a name is empty");
	else if (map_put(loader->arena, seen, key->text, (void *)(uintptr_t)key) != key)
		loader_fault(loader, key, TEXT(""), "'%.*s' is there twice", TEXT_ARGUMENTS(key->text));
	else
		return true;
	return false;
}

void load_versions(struct loader *loader, const struct node *node, struct version **versions, size_t *count)
{
	struct map seen = {0};
	if (!load_map(loader, node, "targets"))
		return;
	*versions = arena_array(loader->arena, struct version, node->count);
	for (size_t i = 0; i < node->count; i++) {
		const struct node *program = &node->items[2 * i], *number = &node->items[2 * i + 1];
		struct text text;
		if (!load_key(loader, &seen, program) || !load_text(loader, number, &text))
			continue;
		if (!version_is_valid(text))
			loader_fault(loader, number, TEXT("write it as '22.10'"), "this must be a version, not '%.*s'",
			             TEXT_ARGUMENTS(text));
		(*versions)[(*count)++] = (struct version){program->text, text};
	}
}

static void load_targets(struct loader *loader, const struct node *node, void *object)
{
	struct configuration *configuration = object;
	load_versions(loader, node, &configuration->versions, &configuration->version_count);
}

static void load_packs(struct loader *loader, const struct node *node, void *object)
{
	struct configuration *configuration = object;
	struct text path;
	if (!load_list(loader, node, "packs"))
		return;
	for (size_t i = 0; i < node->count; i++)
		if (load_path(loader, configuration, &node->items[i], &path))
			*list_add(loader->arena, &configuration->packs) = path;
}

static bool load_glob(struct loader *loader, const struct node *node, struct text *glob)
{
	if (!load_text(loader, node, glob))
		return false;
	while (text_starts_with(*glob, TEXT("./")))
		*glob = text_from(*glob, 2);
	if (glob->length > 1 && text_ends_with(*glob, TEXT("/")))
		*glob = text_slice(*glob, 0, glob->length - 1);
	if (glob->length && glob->length <= PATH_LONGEST_GLOB)
		return true;
	loader_fault(loader, node, TEXT(""), "a glob has 1 to %d bytes", PATH_LONGEST_GLOB);
	return false;
}

static void load_exclude(struct loader *loader, const struct node *node, void *object)
{
	struct configuration *configuration = object;
	struct text glob;
	if (!load_list(loader, node, "exclude"))
		return;
	for (size_t i = 0; i < node->count; i++)
		if (load_glob(loader, &node->items[i], &glob))
			*list_add(loader->arena, &configuration->inventory.exclude) = glob;
}

static void load_choices(struct loader *loader, const struct node *node, void *object)
{
	struct configuration *configuration = object;
	struct map seen = {0};
	if (!load_map(loader, node, "readers"))
		return;
	for (size_t i = 0; i < node->count; i++) {
		struct reader_choice choice = {0};
		if (!load_key(loader, &seen, &node->items[2 * i]) || !load_glob(loader, &node->items[2 * i], &choice.glob))
			continue;
		load_reader_names(loader, &node->items[2 * i + 1], choice.readers, &choice.count);
		if (choice.count)
			*list_add(loader->arena, &configuration->inventory.choices) = choice;
		else if (node->items[2 * i + 1].kind == NODE_LIST && !node->items[2 * i + 1].count)
			loader_fault(loader, &node->items[2 * i + 1], TEXT(""), "name at least one reader");
	}
}

static void load_level(struct loader *loader, const struct node *node, struct level *level)
{
	level->ignore = node->kind == NODE_TEXT && text_is(node->text, "ignore");
	if (level->ignore || (node->kind == NODE_TEXT && severity_from_name(node->text, &level->severity)))
		return;
	loader_fault(loader, node, TEXT(""), "this must be error, warning, info or ignore");
}

static void load_levels(struct loader *loader, const struct node *node, void *object)
{
	struct configuration *configuration = object;
	struct map seen = {0};
	if (!load_map(loader, node, "rules"))
		return;
	for (size_t i = 0; i < node->count; i++) {
		struct level level = {.name = &node->items[2 * i]};
		load_level(loader, &node->items[2 * i + 1], &level);
		if (load_key(loader, &seen, level.name))
			*list_add(loader->arena, &configuration->levels) = level;
	}
}

/* A text that is one of a few words. */
static void load_word(struct loader *loader, const struct node *node, const char *const *words, struct text *word)
{
	struct text_list names = {0};
	if (!load_text(loader, node, word))
		return;
	for (; *words; words++) {
		if (text_is(*word, *words))
			return;
		*list_add(loader->arena, &names) = text_of(*words);
	}
	loader_fault(loader, node, loader_suggest(loader, *word, &names), "this can't be '%.*s'", TEXT_ARGUMENTS(*word));
}

static void load_language(struct loader *loader, const struct node *node, void *object)
{
	static const char *const languages[] = {"en", "uz", "ru", NULL};
	load_word(loader, node, languages, &((struct configuration *)object)->language);
}

static void load_fail_on(struct loader *loader, const struct node *node, void *object)
{
	static const char *const severities[] = {"error", "warning", "info", "never", NULL};
	load_word(loader, node, severities, &((struct configuration *)object)->fail_on);
}

static void load_authority(struct loader *loader, const struct node *node, void *object)
{
	load_text(loader, node, &((struct configuration *)object)->authority);
}

static const struct member members[] = {
	{"arilint", true, load_format},
	{"groups", false, NULL}, /* by configuration_resolve() */
	{"targets", false, load_targets},
	{"readers", false, load_choices},
	{"authority", false, load_authority},
	{"packs", false, load_packs},
	{"rules", false, load_levels},
	{"exclude", false, load_exclude},
	{"language", false, load_language},
	{"fail_on", false, load_fail_on},
	{NULL, false, NULL},
};

void configuration_read(struct diagnostics *diagnostics, struct text path, struct configuration *configuration)
{
	struct arena *arena = diagnostics->arena;
	struct text fault = TEXT("");
	size_t slash = text_find_last_byte(path, '/');
	struct inventory *inventory = &configuration->inventory;
	configuration->folder = slash == TEXT_NOT_FOUND ? TEXT("") : text_slice(path, 0, slash + 1);
	inventory->here = path_here();
	inventory->folder = path_absolute(arena, inventory->here, configuration->folder);
	configuration->source = source_read(arena, path, &fault);
	if (fault.length) {
		struct place place = {configuration->source, {0, 0}};
		diagnostics_add(diagnostics, TEXT("arilint/configuration"), SEVERITY_ERROR, place,
		                text_join(arena, TEXT("the configuration "), fault));
		return;
	}
	configuration->tree = node_read_as(diagnostics, configuration->source, TEXT("arilint/configuration"));
	struct loader loader = load_begin(diagnostics, configuration);
	if (configuration->tree)
		load_members(&loader, configuration->tree, members, "a configuration", configuration);
}
