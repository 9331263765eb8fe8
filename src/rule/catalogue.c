#include "rule/catalogue.h"

#include <errno.h>
#include <unistd.h>

#include "base/path.h"
#include "rule/member_type.h"
#include "rule/shapes.h"

static void load_language_name(struct loader *loader, const struct node *node, const struct member *member,
                               void *object) {
	enum language language;
	if (node->kind != NODE_TEXT || !language_find(node->text, &language))
		loader_fault(loader, node, TEXT(""), "this must be a language that arilint speaks");
}

static void load_pack_name(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct text name;
	if (load_name(loader, node, &name))
		((struct catalogue *)object)->pack = node;
}

static void load_catalogue_texts(struct loader *loader, const struct node *node, const struct member *member,
                                 void *object) {
	struct catalogue *catalogue = object;
	if (!load_map(loader, node, member->name)) return;
	catalogue->list = node;
	for (size_t i = 0; i < node->count; i++) {
		const struct node *text = &node->items[2 * i + 1];
		if (map_put(loader->arena, &catalogue->texts, node->items[2 * i].text, (void *)(uintptr_t)text) != text)
			loader_fault(loader, &node->items[2 * i], TEXT(""), "'%.*s' is there twice",
			             TEXT_ARGUMENTS(node->items[2 * i].text));
	}
}

static const struct member_type member_language_name = {MEMORY_NONE, load_language_name, "'enum': ['uz', 'ru']"};
static const struct member_type member_pack_name = {MEMORY_NONE, load_pack_name, "name"};
static const struct member_type member_catalogue_texts = {
	MEMORY_NONE, load_catalogue_texts, "'type': 'object', 'additionalProperties': {'$ref': '#/$defs/template'}"};

static const struct member catalogue_members[] = {
	{AT_WHOLE, "arilint", &member_format, NEEDED, "the number of the rule format: 1"},
	{AT_WHOLE, "pack", &member_pack_name, NEEDED, "the pack that it translates"},
	{AT_WHOLE, "language", &member_language_name, NEEDED, "what its texts are written in"},
	{AT_WHOLE, "texts", &member_catalogue_texts, NEEDED,
         "a text for each place in the pack: rules.ID.message; elements of lists by their `id`, else by their number "
         "from 1"},
	{0},
};
const struct shape shape_catalogue = {STRUCT(catalogue), "a catalogue", "the texts of a pack in another language",
	catalogue_members};

static bool read_catalogue(struct diagnostics *diagnostics, struct text path, struct catalogue *catalogue) {
	struct loader loader = {.diagnostics = diagnostics, .arena = diagnostics->arena};
	if (access(text_string(loader.arena, path), F_OK) != 0 && errno == ENOENT) return true;
	bool ok = loader_read(&loader, path, "the catalogue");
	catalogue->source = loader.source;
	if (!ok) return false;
	const struct node *tree = node_read(diagnostics, loader.source);
	if (tree)
		load_shape(&loader, tree, &shape_catalogue, catalogue);
	return tree && !loader.faults;
}

struct text catalogue_path(struct arena *arena, struct text path, enum language language) {
	return text_format(arena, "%.*s%s/%.*s", TEXT_ARGUMENTS(path_prefix(path)), language_names[language],
	                   TEXT_ARGUMENTS(path_name(path)));
}

bool catalogues_read(struct diagnostics *diagnostics, struct text path, struct catalogue *catalogues) {
	bool ok = true;
	for (size_t i = 1; i < LANGUAGE_COUNT; i++) {
		struct text beside = catalogue_path(diagnostics->arena, path, (enum language)i);
		ok = read_catalogue(diagnostics, beside, &catalogues[i]) && ok;
	}
	return ok;
}

bool catalogues_check_used(struct diagnostics *diagnostics, const struct catalogue *catalogues, struct text pack) {
	size_t faults = 0;
	for (size_t i = 1; i < LANGUAGE_COUNT; i++) {
		const struct catalogue *catalogue = &catalogues[i];
		struct loader loader = {
			.diagnostics = diagnostics, .arena = diagnostics->arena, .source = catalogue->source};
		if (catalogue->pack && !text_equal(catalogue->pack->text, pack))
			loader_fault(&loader, catalogue->pack, TEXT(""), "this must be '%.*s'", TEXT_ARGUMENTS(pack));
		for (size_t j = 0; catalogue->list && j < catalogue->list->count; j++) {
			const struct node *place = &catalogue->list->items[2 * j];
			if (!map_get(&catalogue->used, place->text))
				loader_fault(&loader, place, TEXT(""), "the pack has no text '%.*s'",
				             TEXT_ARGUMENTS(place->text));
		}
		faults += loader.faults;
	}
	return !faults;
}
