/* What of a configuration can be read without the packs: it says which packs there are. */
#include "configuration/load.h"

#include "base/path.h"
#include "rule/catalogue.h"
#include "rule/lookup.h"
#include "rule/member_type.h"
#include "trust/below.h"
#include "trust/trust.h"

struct loader load_begin(struct diagnostics *diagnostics, const struct configuration *configuration) {
	return (struct loader){.diagnostics = diagnostics, .arena = diagnostics->arena, .source = configuration->source,
	                       .fault_rule = TEXT("arilint/configuration")};
}

static bool check_confines(struct loader *loader, const struct configuration *configuration, const struct node *node,
                           struct text path) {
	struct text confines = configuration->confines;
	if (!confines.length || trust_is_below(loader->arena, confines, path)) return true;
	loader_fault(loader, node, TEXT("a configuration named with --config, of ~/.config/arilint or of /etc/arilint may name it"),
	             "this leads out of %.*s, for which alone this configuration speaks", TEXT_ARGUMENTS(confines));
	return false;
}

bool load_path(struct loader *loader, const struct configuration *configuration, const struct node *node,
               struct text *path) {
	if (!load_text(loader, node, path)) return false;
	if (!path->length || text_find_byte(*path, '\0') != TEXT_NOT_FOUND) {
		loader_fault(loader, node, TEXT(""), "this must be a path");
		return false;
	}
	if (!text_starts_with(*path, TEXT("/")))
		*path = text_join(loader->arena, configuration->folder, *path);
	if (!check_confines(loader, configuration, node, *path)) return false;
	/* The name of standard input. */
	if (text_is(*path, "-"))
		*path = TEXT("./-");
	return true;
}

bool load_key(struct loader *loader, struct map *seen, const struct node *key) {
	if (!key->text.length)
		loader_fault(loader, key, TEXT(""), "a name is empty");
	else if (map_put(loader->arena, seen, key->text, (void *)(uintptr_t)key) != key)
		loader_fault(loader, key, TEXT(""), "'%.*s' is there twice", TEXT_ARGUMENTS(key->text));
	else
		return true;
	return false;
}

void load_versions_of(struct loader *loader, const struct node *node, struct version_list *versions) {
	struct map seen = {0};
	if (!load_map(loader, node, "targets")) return;
	for (size_t i = 0; i < node->count; i++) {
		const struct node *program = &node->items[2 * i], *number = &node->items[2 * i + 1];
		struct text text;
		if (!load_key(loader, &seen, program) || !load_text(loader, number, &text)) continue;
		if (!version_is_valid(text))
			loader_fault(loader, number, TEXT("write it as '22.10'"), "this must be a version, not '%.*s'",
			             TEXT_ARGUMENTS(text));
		*list_add(loader->arena, versions) = (struct version){program->text, text};
	}
}

static void load_targets(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	load_versions_of(loader, node, &((struct configuration *)object)->versions);
}

/* What a pack says is as good as what the configuration says: whose word that is may be the pack's, too. */
static bool check_word(struct loader *loader, const struct configuration *configuration, const struct node *node,
                       struct text path) {
	struct trusted trusted = trust_in_us();
	struct text fault = TEXT("");
	trusted.users[trusted.count++] = loader->source->status.st_uid;
	if (!check_confines(loader, configuration, node, path)) return false;
	if (trust_path(loader->arena, path, WAY_FILE, &trusted, &fault) || !fault.length) return true;
	loader_fault(loader, node, TEXT(""), "%.*s may be another user's word: it %s%.*s", TEXT_ARGUMENTS(path),
	             text_starts_with(fault, TEXT("/")) ? "is not safe, as " : "", TEXT_ARGUMENTS(fault));
	return false;
}

/* The catalogues beside a pack are a part of it. */
static bool load_pack_path(struct loader *loader, const struct configuration *configuration, const struct node *node,
                           struct text *path) {
	bool ok = load_path(loader, configuration, node, path) && check_word(loader, configuration, node, *path);
	for (enum language language = 1; ok && language < LANGUAGE_COUNT; language++)
		ok = check_word(loader, configuration, node, catalogue_path(loader->arena, *path, language));
	return ok;
}

static void load_packs(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct configuration *configuration = object;
	struct text path;
	if (!load_list(loader, node, member->name)) return;
	for (size_t i = 0; i < node->count; i++)
		if (load_pack_path(loader, configuration, &node->items[i], &path))
			*list_add(loader->arena, &configuration->packs) = path;
}

static bool load_glob(struct loader *loader, const struct node *node, struct text *glob) {
	if (!load_text(loader, node, glob)) return false;
	while (text_starts_with(*glob, TEXT("./")))
		*glob = text_from(*glob, 2);
	if (glob->length > 1 && text_ends_with(*glob, TEXT("/")))
		*glob = text_slice(*glob, 0, glob->length - 1);
	if (glob->length && glob->length <= PATH_LONGEST_GLOB) return true;
	loader_fault(loader, node, TEXT(""), "a glob has 1 to %d bytes", PATH_LONGEST_GLOB);
	return false;
}

static void load_globs(struct loader *loader, const struct node *node, const struct member *member, struct text_list *globs) {
	struct text glob;
	if (!load_list(loader, node, member->name)) return;
	for (size_t i = 0; i < node->count; i++)
		if (load_glob(loader, &node->items[i], &glob))
			*list_add(loader->arena, globs) = glob;
}

static void load_exclude(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	load_globs(loader, node, member, &((struct configuration *)object)->inventory.exclude);
}

static void load_layers(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	load_globs(loader, node, member, &((struct configuration *)object)->inventory.layers);
}

static void load_choices(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct configuration *configuration = object;
	struct map seen = {0};
	if (!load_map(loader, node, member->name)) return;
	for (size_t i = 0; i < node->count; i++) {
		struct reader_choice choice = {0};
		if (!load_key(loader, &seen, &node->items[2 * i]) ||
		    !load_glob(loader, &node->items[2 * i], &choice.glob))
			continue;
		load_reader_names(loader, &node->items[2 * i + 1], choice.readers, &choice.count);
		choice.line = source_position(loader->source, node_span(loader->source, &node->items[2 * i]).start).line;
		if (choice.count)
			*list_add(loader->arena, &configuration->inventory.choices) = choice;
		else if (node->items[2 * i + 1].kind == NODE_LIST && !node->items[2 * i + 1].count)
			loader_fault(loader, &node->items[2 * i + 1], TEXT(""), "name at least one reader");
	}
}

/* A pack's name stands for all of its rules. */
static struct text rules_glob(struct arena *arena, struct text name) {
	bool pack = !text_has_byte(name, '/') && !text_has_byte(name, '*') && !text_has_byte(name, '?') && !text_is(name, "all");
	return pack ? text_join(arena, name, TEXT("/*")) : text_is(name, "all") ? TEXT("*") : name;
}

static void load_ignored(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct configuration *configuration = object;
	struct map seen = {0};
	if (!load_map(loader, node, member->name)) return;
	for (size_t i = 0; i < node->count; i++) {
		struct ignored_rules ignored = {0};
		if (!load_key(loader, &seen, &node->items[2 * i]) || !load_glob(loader, &node->items[2 * i], &ignored.glob) ||
		    !load_texts(loader, &node->items[2 * i + 1], &ignored.rules))
			continue;
		for (size_t j = 0; j < ignored.rules.count; j++)
			ignored.rules.items[j] = rules_glob(loader->arena, ignored.rules.items[j]);
		*list_add(loader->arena, &configuration->inventory.ignored) = ignored;
	}
}

static void load_level(struct loader *loader, const struct node *node, struct level *level) {
	level->ignore = node->kind == NODE_TEXT && text_is(node->text, "ignore");
	if (!level->ignore && (node->kind != NODE_TEXT || !severity_from_name(node->text, &level->severity)))
		loader_fault(loader, node, TEXT(""), "this must be error, warning, info or ignore");
}

static void load_levels(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct configuration *configuration = object;
	struct map seen = {0};
	if (!load_map(loader, node, member->name)) return;
	for (size_t i = 0; i < node->count; i++) {
		struct level level = {.name = &node->items[2 * i]};
		load_level(loader, &node->items[2 * i + 1], &level);
		if (load_key(loader, &seen, level.name))
			*list_add(loader->arena, &configuration->levels) = level;
	}
}

/* Groups are read by configuration_resolve(), when the packs are known. */
static void keep_groups(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	((struct configuration *)object)->groups = node;
}

/* So are the settings. */
static void keep_settings(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	((struct configuration *)object)->settings = node;
}

#define MAP_TO(type) "'type': 'object', 'additionalProperties': {'$ref': '#/$defs/" type "'}"

static const struct member_type member_groups = {MEMORY_NONE, keep_groups, MAP_TO("group")};
static const struct member_type member_settings = {MEMORY_NONE, keep_settings, MAP_TO("texts")};
static const struct member_type member_targets = {MEMORY_NONE, load_targets, MAP_TO("text")};
static const struct member_type member_choices = {MEMORY_NONE, load_choices, MAP_TO("readers")};
static const struct member_type member_packs = {MEMORY_NONE, load_packs,
                                                "'type': 'array', 'items': {'$ref': '#/$defs/text'}"};
static const struct member_type member_levels = {MEMORY_NONE, load_levels, MAP_TO("level")};
static const struct member_type member_ignored = {MEMORY_NONE, load_ignored, MAP_TO("texts")};
static const struct member_type member_exclude = {MEMORY_NONE, load_exclude,
                                                  "'type': 'array', 'items': {'$ref': '#/$defs/text'}"};

static const struct member_type member_layers = {MEMORY_NONE, load_layers,
                                                 "'type': 'array', 'items': {'$ref': '#/$defs/text'}"};

static const struct word language_words[] = {
#define LANGUAGE(name) {#name, LANGUAGE_##name},
#include "rule/languages.def"
#undef LANGUAGE
	{0},
};
static const struct word fail_on_words[] = {{"error", 0}, {"warning", 0}, {"info", 0}, {"never", 0}, {0}};

static const struct member members[] = {
	{AT_WHOLE, "arilint", &member_format, NEEDED, "the number of the format: 1"},
	{AT_WHOLE, "groups", &member_groups, OPTIONAL, "files that belong together, by the names of their groups",
         &shape_group},
	{AT_WHOLE, "targets", &member_targets, OPTIONAL, "versions of programs, as with --target"},
	{AT_WHOLE, "readers", &member_choices, OPTIONAL,
         "who reads the files that a glob matches, instead of what the packs say"},
	{AT(configuration, authority), "authority", &member_text, OPTIONAL,
         "the role that is right when two files differ, as with --authority"},
	{AT_WHOLE, "packs", &member_packs, OPTIONAL, "files of rule packs, relative to the configuration's folder"},
	{AT_WHOLE, "rules", &member_levels, OPTIONAL, "how severe rules are: PACK/RULE, a glob of those, or PACK"},
	{AT_WHOLE, "ignore", &member_ignored, OPTIONAL,
         "rules that find nothing in the files that a glob matches: PACK/RULE, a glob of those, or PACK"},
	{AT_WHOLE, "settings", &member_settings, OPTIONAL,
         "further keys of settings: PACK/SETTING, globs of keys; `arilint rule --settings` lists what there is"},
	{AT_WHOLE, "layers", &member_layers, OPTIONAL,
         "names of files of one folder that a program reads one over the other, the last one's values win; `*` stands for an "
         "environment"},
	{AT_WHOLE, "exclude", &member_exclude, OPTIONAL, "globs of files and folders that are passed over"},
	{AT(configuration, language), "language", &member_word_text, OPTIONAL, "of messages, as with --lang",
         .words = language_words},
	{AT(configuration, fail_on), "fail_on", &member_word_text, OPTIONAL,
         "the least severity that fails a run, as with --fail-on", .words = fail_on_words},
	{0},
};
const struct shape shape_configuration = {STRUCT(configuration), "a configuration", "what a run of arilint goes by",
	members};

static bool leads_away(struct arena *arena, const struct configuration_place *place) {
	return place->confines.length && !trust_is_below(arena, place->confines, place->path);
}

void configuration_read(struct diagnostics *diagnostics, struct configuration_place place,
                        struct configuration *configuration) {
	struct arena *arena = diagnostics->arena;
	struct text path = place.path;
	struct loader loader = load_begin(diagnostics, configuration);
	size_t slash = text_find_last_byte(path, '/');
	struct inventory *inventory = &configuration->inventory;
	configuration->folder = slash == TEXT_NOT_FOUND ? TEXT("") : text_slice(path, 0, slash + 1);
	inventory->here = path_here();
	inventory->folder = path_absolute(arena, inventory->here, configuration->folder);
	configuration->confines = inventory->confines = place.confines;
	bool away = leads_away(arena, &place);
	bool ok = !away && loader_read(&loader, path, "the configuration");
	if (away)
		loader_refuse(&loader, path, TEXT("the configuration is a link that leads out of its repository; name it with --config"));
	configuration->source = loader.source;
	if (!ok) return;
	configuration->tree = node_read_as(diagnostics, configuration->source, TEXT("arilint/configuration"));
	if (configuration->tree)
		load_shape(&loader, configuration->tree, &shape_configuration, configuration);
}
