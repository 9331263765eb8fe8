#include "rule/member_type.h"

#include "rule/lookup.h"

enum { FORMAT = 1 };

static void load_format(struct loader *loader, const struct node *node, const struct member *member, void *object) {
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
READ(load_truth_member, load_truth(loader, node, field))
READ(load_text_set_member, load_text_set(loader, node, field))
READ(load_globs_member, load_key_globs(loader, node, field))

static void load_number(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	int64_t number;
	if (node->kind == NODE_TEXT && text_to_integer(node->text, &number) && number >= member->least &&
	    number <= member->most)
		*(int64_t *)member_at(member, object) = number;
	else
		loader_fault(loader, node, TEXT(""), "this must be a whole number from %lld to %lld",
		             (long long)member->least, (long long)member->most);
}

/* --- one of a few --- */

/* "error, warning or info" */
static struct text list_words(struct arena *arena, const struct word *words) {
	struct buffer all = {.arena = arena};
	for (const struct word *word = words; word->name; word++) {
		buffer_add_string(&all, word == words ? "" : word[1].name ? ", " : " or ");
		buffer_add_string(&all, word->name);
	}
	return buffer_text(&all);
}

static const struct word *find_word(struct loader *loader, const struct node *node, const struct word *words) {
	struct text_list names = {0};
	struct text text, near;
	if (!load_text(loader, node, &text)) return NULL;
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

static void load_word(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	const struct word *word = find_word(loader, node, member->words);
	if (!word) return;
	if (member->size == sizeof(bool))
		*(bool *)member_at(member, object) = word->value != 0;
	else
		*(int *)member_at(member, object) = word->value;
}

static void load_word_text(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	if (find_word(loader, node, member->words))
		*(struct text *)member_at(member, object) = node->text;
}

READ(load_effect_member, load_effect(loader, node, field))

/* One, or a list. */
static void load_effects(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct text_list *list = member_at(member, object);
	if (node->kind != NODE_LIST)
		load_effect(loader, node, list_add(loader->arena, list));
	for (size_t i = 0; node->kind == NODE_LIST && i < node->count; i++)
		load_effect(loader, &node->items[i], list_add(loader->arena, list));
}

static void load_effect_or_none(struct loader *loader, const struct node *node, const struct member *member,
                                void *object) {
	if (node->kind == NODE_TEXT && text_is(node->text, "none"))
		*(struct text *)member_at(member, object) = TEXT("");
	else
		load_effect(loader, node, member_at(member, object));
}

/* --- names of the pack's subjects --- */

static void load_role_member(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	const struct role *role = load_role_name(loader, node);
	if (role)
		*(struct text *)member_at(member, object) = role->name;
}

READ(load_role_pointer, *(const struct role **)field = load_role_name(loader, node))
READ(load_handler_member, load_handler_name(loader, node, field))

static void load_readers(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	const struct reader **into = member_at(member, object);
	load_reader_names(loader, node, into, (size_t *)(void *)(into + ROLE_MOST_READERS));
}

static void load_id(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct text *full = member_at(member, object), id;
	if (load_name(loader, node, &id))
		*full = text_format(loader->arena, "%.*s/%.*s", TEXT_ARGUMENTS(loader->pack->name), TEXT_ARGUMENTS(id));
}

const struct word severity_words[] = {
	{"error", SEVERITY_ERROR}, {"warning", SEVERITY_WARNING}, {"info", SEVERITY_INFO}, {0}};

const struct member_type member_format = {MEMORY_NONE, load_format, "'enum': [1, '1']"};
const struct member_type member_text = {MEMORY_TEXT, load_text_member, "text"};
const struct member_type member_texts = {MEMORY_TEXTS, load_texts_member, "texts"};
const struct member_type member_globs = {MEMORY_STRUCT, load_globs_member, "texts"};
const struct member_type member_truth = {MEMORY_NUMBER, load_truth_member, "truth"};
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

const struct member_type member_role = {MEMORY_POINTER, load_role_pointer, "name"};
const struct member_type member_text_set = {MEMORY_POINTER, load_text_set_member, "texts"};
const struct member_type member_id = {MEMORY_TEXT, load_id, "name"};
