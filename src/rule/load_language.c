#include "rule/load_language.h"

#include "rule/catalogue.h"

struct by_language {
	void *object;
	void (*load)(struct loader *loader, const struct node *node, enum language language, void *object);
};

static void load_language(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct by_language *by_language = object;
	by_language->load(loader, node, (enum language)member->offset, by_language->object);
}

static const struct member_type member_language = {MEMORY_NONE, load_language, "template"};

static const struct member language_members[] = {
#define LANGUAGE(language) \
	{"", LANGUAGE_##language, 0, #language, &member_language, LANGUAGE_##language == 0, "in this language"},
#include "rule/languages.def"
#undef LANGUAGE
	{0},
};

const struct shape shape_languages = {"languages", 0, "a message", "a text in several languages", language_members};

/* What the catalogue of a language says in this place. */
static void load_from_catalogue(struct loader *loader, enum language language, struct by_language *by_language) {
	struct catalogue *catalogue = &loader->catalogues[language];
	const struct node *node = map_get(&catalogue->texts, buffer_text(&loader->path));
	if (!node) return;
	struct source *source = loader->source;
	loader->source = catalogue->source;
	map_put(loader->arena, &catalogue->used, text_copy(loader->arena, buffer_text(&loader->path)), catalogue);
	by_language->load(loader, node, language, by_language->object);
	loader->source = source;
}

void load_in_languages(struct loader *loader, const struct node *node, void *object,
                       void (*load)(struct loader *loader, const struct node *node, enum language language,
                                    void *object)) {
	struct by_language by_language = {object, load};
	if (node->kind == NODE_MAP) {
		load_shape(loader, node, &shape_languages, &by_language);
		return;
	}
	load(loader, node, (enum language)0, object);
	for (size_t i = 1; loader->catalogues && i < LANGUAGE_COUNT; i++)
		load_from_catalogue(loader, (enum language)i, &by_language);
}

static void load_one_text(struct loader *loader, const struct node *node, enum language language, void *object) {
	load_text(loader, node, &((struct words *)object)->in[language]);
}

READ(load_words, load_in_languages(loader, node, field, load_one_text))

const struct member_type member_words = {MEMORY_STRUCT, load_words, "message"};
