/* What may stand in members of shapes, but maps and lists of maps: see loader.c. */
#include "diagnostic/effect.h"
#include "rule/loader.h"

enum { FORMAT = 1 };

static void *at(const struct member *member, void *object)
{
	return (char *)object + member->offset;
}

/* A function that keeps in the member's place what the loader makes of the node. */
#define READ(name, statement)                                                                                             \
	static void name(struct loader *loader, const struct node *node, const struct member *member, void *object)       \
	{                                                                                                                 \
		void *field = at(member, object);                                                                         \
		statement;                                                                                                \
	}

static void load_format(struct loader *loader, const struct node *node, const struct member *member, void *object)
{
	int64_t format;
	if (node->kind != NODE_TEXT || !text_to_integer(node->text, &format) || format < 1)
		loader_fault(loader, node, TEXT("write `arilint: 1`"), "this must be the number of the format");
	else if (format > FORMAT)
		loader_fault(loader, node, TEXT("get a newer arilint"), "format %.*s is newer than this program's (%d)",
		             TEXT_ARGUMENTS(node->text), FORMAT);
}

/* --- plain values --- */

READ(load_text_member, load_text(loader, node, field))
READ(load_texts_member, load_texts(loader, node, field))
READ(load_name_member, load_name(loader, node, field))

static void load_truth(struct loader *loader, const struct node *node, const struct member *member, void *object)
{
	bool yes = node->kind == NODE_TEXT && text_is(node->text, "true");
	if (!yes && (node->kind != NODE_TEXT || !text_is(node->text, "false")))
		loader_fault(loader, node, TEXT(""), "this must be true or false");
	*(bool *)at(member, object) = yes;
}

static void load_number(struct loader *loader, const struct node *node, const struct member *member, void *object)
{
	int64_t number;
	if (node->kind == NODE_TEXT && text_to_integer(node->text, &number) && number >= member->least &&
	    number <= member->most)
		*(int64_t *)at(member, object) = number;
	else
		loader_fault(loader, node, TEXT(""), "this must be a whole number from %lld to %lld",
		             (long long)member->least, (long long)member->most);
}

/* --- one of a few --- */

/* "error, warning or info" */
static struct text list_words(struct arena *arena, const struct word *words)
{
	struct buffer all = {.arena = arena};
	for (const struct word *word = words; word->name; word++) {
		buffer_add_string(&all, word == words ? "" : word[1].name ? ", " : " or ");
		buffer_add_string(&all, word->name);
	}
	return buffer_text(&all);
}

static const struct word *find_word(struct loader *loader, const struct node *node, const struct word *words)
{
	struct text_list names = {0};
	struct text text, near;
	if (!load_text(loader, node, &text))
		return NULL;
	for (const struct word *word = words; word->name; word++) {
		if (text_is(text, word->name))
			return word;
		*list_add(loader->arena, &names) = text_of(word->name);
	}
	bool hit = text_list_nearest(loader->arena, &names, text, &near);
	loader_fault(loader, node,
	             hit ? text_format(loader->arena, "did you mean '%.*s'?", TEXT_ARGUMENTS(near)) : TEXT(""),
	             "this must be %.*s", TEXT_ARGUMENTS(list_words(loader->arena, words)));
	return NULL;
}

static void load_word(struct loader *loader, const struct node *node, const struct member *member, void *object)
{
	const struct word *word = find_word(loader, node, member->words);
	if (!word)
		return;
	if (member->size == sizeof(bool))
		*(bool *)at(member, object) = word->value != 0;
	else
		*(int *)at(member, object) = word->value;
}

static void load_word_text(struct loader *loader, const struct node *node, const struct member *member, void *object)
{
	if (find_word(loader, node, member->words))
		*(struct text *)at(member, object) = node->text;
}

bool load_effect(struct loader *loader, const struct node *node, struct text *effect)
{
	struct text_list names = {0};
	if (!load_text(loader, node, effect))
		return false;
	for (size_t i = 0; effects[i].name; i++) {
		if (text_is(*effect, effects[i].name))
			return true;
		*list_add(loader->arena, &names) = text_of(effects[i].name);
	}
	loader_fault(loader, node, loader_suggest(loader, *effect, &names), "there is no effect '%.*s'",
	             TEXT_ARGUMENTS(*effect));
	return false;
}

READ(load_effect_member, load_effect(loader, node, field))

/* One, or a list. */
static void load_effects(struct loader *loader, const struct node *node, const struct member *member, void *object)
{
	struct text_list *list = at(member, object);
	if (node->kind != NODE_LIST)
		load_effect(loader, node, list_add(loader->arena, list));
	for (size_t i = 0; node->kind == NODE_LIST && i < node->count; i++)
		load_effect(loader, &node->items[i], list_add(loader->arena, list));
}

static void load_effect_or_none(struct loader *loader, const struct node *node, const struct member *member,
                                void *object)
{
	if (node->kind == NODE_TEXT && text_is(node->text, "none"))
		*(struct text *)at(member, object) = TEXT("");
	else
		load_effect(loader, node, at(member, object));
}

/* --- names of the pack's things --- */

static void load_role_member(struct loader *loader, const struct node *node, const struct member *member, void *object)
{
	const struct role *role = load_role_name(loader, node);
	if (role)
		*(struct text *)at(member, object) = role->name;
}

READ(load_handler_member, load_handler_name(loader, node, field))

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
			loader_fault(loader, node, loader_suggest(loader, wanted.items[i], &known),
			             "there is no reader '%.*s'", TEXT_ARGUMENTS(wanted.items[i]));
		else if (*count < ROLE_MOST_READERS)
			into[(*count)++] = reader;
		else
			loader_fault(loader, node, TEXT(""), "a role has at most %d readers", ROLE_MOST_READERS);
	}
}

static void load_readers(struct loader *loader, const struct node *node, const struct member *member, void *object)
{
	const struct reader **into = at(member, object);
	load_reader_names(loader, node, into, (size_t *)(void *)(into + ROLE_MOST_READERS));
}

/* --- what speaks of values --- */

READ(load_reference_member, *(const struct reference **)field = load_reference(loader, node))
READ(load_template_member, *(const struct template **)field = load_template(loader, node))
READ(load_condition_member, *(const struct condition **)field = load_condition(loader, node))
READ(load_look_member, *(const struct look **)field = load_look(loader, node))

/* --- texts in several languages --- */

struct by_language {
	void *object;
	void (*load)(struct loader *loader, const struct node *node, enum language language, void *object);
};

static void load_language(struct loader *loader, const struct node *node, const struct member *member, void *object)
{
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

const struct shape shape_languages = {"languages", "a message", "a text in several languages", 0, language_members};

/* What the catalogue of a language says in this place. */
static void load_from_catalogue(struct loader *loader, enum language language, struct by_language *by_language)
{
	struct catalogue *catalogue = &loader->catalogues[language];
	const struct node *node = map_get(&catalogue->texts, buffer_text(&loader->path));
	if (!node)
		return;
	struct source *source = loader->source;
	loader->source = catalogue->source;
	map_put(loader->arena, &catalogue->used, text_copy(loader->arena, buffer_text(&loader->path)), catalogue);
	by_language->load(loader, node, language, by_language->object);
	loader->source = source;
}

void load_in_languages(struct loader *loader, const struct node *node, void *object,
                       void (*load)(struct loader *loader, const struct node *node, enum language language,
                                    void *object))
{
	struct by_language by_language = {object, load};
	if (node->kind == NODE_MAP) {
		load_shape(loader, node, &shape_languages, &by_language);
		return;
	}
	load(loader, node, (enum language)0, object);
	for (size_t i = 1; loader->catalogues && i < LANGUAGE_COUNT; i++)
		load_from_catalogue(loader, (enum language)i, &by_language);
}

static void load_one_message(struct loader *loader, const struct node *node, enum language language, void *object)
{
	((struct message *)object)->in[language] = load_template(loader, node);
}

READ(load_message, load_in_languages(loader, node, field, load_one_message))

static void load_one_text(struct loader *loader, const struct node *node, enum language language, void *object)
{
	load_text(loader, node, &((struct words *)object)->in[language]);
}

READ(load_words, load_in_languages(loader, node, field, load_one_text))

const struct member_type member_format = {MEMORY_NONE, load_format, "'enum': [1, '1']"};
const struct member_type member_text = {MEMORY_TEXT, load_text_member, "text"};
const struct member_type member_texts = {MEMORY_TEXTS, load_texts_member, "texts"};
const struct member_type member_truth = {MEMORY_NUMBER, load_truth, "truth"};
const struct member_type member_number = {MEMORY_NUMBER, load_number, "integer"};
const struct member_type member_name = {MEMORY_TEXT, load_name_member, "name"};
const struct member_type member_word = {MEMORY_NUMBER, load_word, NULL};
const struct member_type member_word_text = {MEMORY_TEXT, load_word_text, NULL};
const struct member_type member_effect = {MEMORY_TEXT, load_effect_member, "effect"};
const struct member_type member_effects = {MEMORY_TEXTS, load_effects, "effects"};
const struct member_type member_effect_or_none = {MEMORY_TEXT, load_effect_or_none, "effect_or_none"};
const struct member_type member_role_name = {MEMORY_TEXT, load_role_member, "name"};
const struct member_type member_handler_name = {MEMORY_TEXT, load_handler_member, "name"};
const struct member_type member_readers = {MEMORY_REGISTERED, load_readers, "readers"};
const struct member_type member_template = {MEMORY_POINTER, load_template_member, "template"};
const struct member_type member_reference = {MEMORY_POINTER, load_reference_member, "reference"};
const struct member_type member_condition = {MEMORY_POINTER, load_condition_member, "condition"};
const struct member_type member_look = {MEMORY_POINTER, load_look_member, "look"};
const struct member_type member_message = {MEMORY_STRUCT, load_message, "message"};
const struct member_type member_words = {MEMORY_STRUCT, load_words, "message"};

const struct member_type found_text = {MEMORY_TEXT, NULL, NULL};
const struct member_type found_texts = {MEMORY_TEXTS, NULL, NULL};
const struct member_type found_number = {MEMORY_NUMBER, NULL, NULL};
const struct member_type found_struct = {MEMORY_STRUCT, NULL, NULL};
const struct member_type found_pointer = {MEMORY_POINTER, NULL, NULL};
const struct member_type found_array = {MEMORY_ARRAY, NULL, NULL};
const struct member_type found_pointers = {MEMORY_POINTERS, NULL, NULL};
const struct member_type found_registered = {MEMORY_REGISTERED, NULL, NULL};
const struct member_type found_registered_ended = {MEMORY_REGISTERED_ENDED, NULL, NULL};
