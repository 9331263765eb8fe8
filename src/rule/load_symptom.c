/* Symptoms: patterns of log lines, what they mean, and which findings explain them. */
#include "rule/loader.h"
#include "rule/symptom.h"

struct part_list LIST_OF(struct symptom_part);

/* --- texts with captures --- */

static bool add_capture(struct loader *loader, const struct node *node, struct text name,
                        const struct symptom *symptom, struct part_list *parts)
{
	unsigned group = pattern_group(&symptom->pattern, name);
	if (group) {
		*list_add(loader->arena, parts) = (struct symptom_part){TEXT(""), group};
	} else {
		struct text_list names = {0};
		pattern_group_names(&symptom->pattern, &names);
		struct text help = names.count ? loader_suggest(loader, name, &names) : TEXT("write (?<name>...) there");
		loader_fault_within(loader, node, name, help, "the pattern has no group '%.*s'", TEXT_ARGUMENTS(name));
	}
	return group != 0;
}

static bool parse_parts(struct loader *loader, const struct node *node, const struct symptom *symptom,
                        struct part_list *parts)
{
	struct text rest = node->text, part;
	bool named;
	while (rest.length) {
		if (!load_braced_part(loader, node, &rest, &part, &named))
			return false;
		if (!named)
			*list_add(loader->arena, parts) = (struct symptom_part){part, 0};
		else if (!add_capture(loader, node, part, symptom, parts))
			return false;
	}
	return true;
}

static struct symptom_text load_one(struct loader *loader, const struct node *node, const struct symptom *symptom)
{
	struct part_list parts = {0};
	struct text text;
	/* Without its pattern nothing can be told of its groups. */
	if (load_text(loader, node, &text) && symptom->pattern.code)
		parse_parts(loader, node, symptom, &parts);
	return (struct symptom_text){parts.items, parts.count};
}

static struct symptom_text load_symptom_text(struct loader *loader, const struct node *node,
                                             const struct symptom *symptom)
{
	struct symptom_text chosen = {0};
	if (node->kind != NODE_MAP)
		return load_one(loader, node, symptom);
	load_languages(loader, node);
	for (size_t i = 0; i < node->count; i++) {
		struct text language = node->items[2 * i].text;
		bool wanted = text_equal(language, loader->language);
		/* Every language of a pack that was not checked yet is read, so that its faults are found. */
		if (!loader->source && !wanted && !text_is(language, "en"))
			continue;
		struct symptom_text text = load_one(loader, &node->items[2 * i + 1], symptom);
		if (wanted || (!chosen.count && text_is(language, "en")))
			chosen = text;
	}
	return chosen;
}

static void load_symptom_title(struct loader *loader, const struct node *node, void *object)
{
	struct symptom *symptom = object;
	symptom->title = load_symptom_text(loader, node, symptom);
}

static void load_symptom_message(struct loader *loader, const struct node *node, void *object)
{
	struct symptom *symptom = object;
	symptom->message = load_symptom_text(loader, node, symptom);
}

static void load_symptom_help(struct loader *loader, const struct node *node, void *object)
{
	struct symptom *symptom = object;
	symptom->help = load_symptom_text(loader, node, symptom);
}

/* --- what explains it --- */

static void add_rule(struct loader *loader, const struct node *node, struct text name, struct symptom *symptom)
{
	struct pack *pack = loader->pack;
	struct text_list names = {0};
	struct text prefix = text_join(loader->arena, pack->name, TEXT("/"));
	struct text id = text_find_byte(name, '/') == TEXT_NOT_FOUND ? text_join(loader->arena, prefix, name) : name;
	/* Other packs may be there or not. */
	bool known = !loader->source || !text_starts_with(id, prefix);
	for (size_t i = 0; !known && i < pack->rule_count; i++) {
		known = text_equal(pack->rules[i].id, id);
		*list_add(loader->arena, &names) = text_from(pack->rules[i].id, prefix.length);
	}
	if (!known)
		loader_fault_within(loader, node, name, loader_suggest(loader, text_from(id, prefix.length), &names),
		                    "there is no rule '%.*s'", TEXT_ARGUMENTS(name));
	*list_add(loader->arena, &symptom->rules) = id;
}

static void load_explaining_rules(struct loader *loader, const struct node *node, void *object)
{
	struct text text;
	if (!load_list(loader, node, "rules"))
		return;
	for (size_t i = 0; i < node->count; i++)
		if (load_text(loader, &node->items[i], &text))
			add_rule(loader, &node->items[i], text, object);
}

static void load_explaining_effects(struct loader *loader, const struct node *node, void *object)
{
	struct symptom *symptom = object;
	if (!load_list(loader, node, "effects"))
		return;
	for (size_t i = 0; i < node->count; i++)
		load_effect(loader, &node->items[i], list_add(loader->arena, &symptom->effects));
}

static const struct member explained_by_members[] = {
	{"rules", false, load_explaining_rules}, {"effects", false, load_explaining_effects}, {NULL, false, NULL}};

static void load_explained_by(struct loader *loader, const struct node *node, void *object)
{
	load_members(loader, node, explained_by_members, "explained_by", object);
}

/* --- symptoms --- */

static void load_symptom_id(struct loader *loader, const struct node *node, void *object)
{
	struct symptom *symptom = object;
	struct pack *pack = loader->pack;
	struct text id;
	if (!load_name(loader, node, &id))
		return;
	symptom->id = text_join(loader->arena, text_join(loader->arena, pack->name, TEXT("/")), id);
	for (const struct symptom *other = pack->symptoms; loader->source && other < symptom; other++)
		if (text_equal(other->id, symptom->id))
			loader_fault(loader, node, TEXT(""), "there is another symptom '%.*s'", TEXT_ARGUMENTS(id));
}

static void load_symptom_source(struct loader *loader, const struct node *node, void *object)
{
	struct symptom *symptom = object;
	if (load_text(loader, node, &symptom->source) && !text_is(symptom->source, "backend") &&
	    !text_is(symptom->source, "asterisk"))
		loader_fault(loader, node, TEXT(""), "a source is backend or asterisk");
}

static void load_symptom_effect(struct loader *loader, const struct node *node, void *object)
{
	load_effect(loader, node, &((struct symptom *)object)->effect);
}

static void load_symptom_pattern(struct loader *loader, const struct node *node, struct symptom *symptom)
{
	size_t offset = 0;
	struct text fault;
	symptom->pattern.arena = loader->arena;
	if (!load_text(loader, node, &symptom->pattern.spelled) || pattern_compile(&symptom->pattern, &offset, &fault))
		return;
	struct text part = text_slice(node->text, offset ? offset - 1 : 0, offset ? offset : 1);
	loader_fault_within(loader, node, part, TEXT(""), "not a regular expression: %.*s", TEXT_ARGUMENTS(fault));
}

/* `pattern` is read before the others: their captures are its groups. */
static const struct member symptom_members[] = {
	{"id", true, load_symptom_id},           {"source", false, load_symptom_source},
	{"pattern", true, NULL},                 {"effect", false, load_symptom_effect},
	{"title", true, load_symptom_title},     {"message", true, load_symptom_message},
	{"help", false, load_symptom_help},      {"explained_by", false, load_explained_by},
	{NULL, false, NULL},
};

void load_symptoms(struct loader *loader, const struct node *node)
{
	struct pack *pack = loader->pack;
	if (!load_list(loader, node, "symptoms"))
		return;
	pack->symptoms = arena_array(loader->arena, struct symptom, node->count);
	for (size_t i = 0; i < node->count; i++) {
		struct symptom *symptom = &pack->symptoms[i];
		const struct node *pattern = node_get(&node->items[i], "pattern");
		if (pattern)
			load_symptom_pattern(loader, pattern, symptom);
		load_members(loader, &node->items[i], symptom_members, "a symptom", symptom);
	}
	pack->symptom_count = node->count;
}

void pack_complete_symptoms(struct arena *arena, struct pack *pack, struct text language)
{
	struct diagnostics none = {.arena = arena};
	struct loader loader = {.diagnostics = &none, .arena = arena, .pack = pack, .language = language};
	if (pack->symptom_list && !pack->symptoms)
		load_symptoms(&loader, pack->symptom_list);
}
