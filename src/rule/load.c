#include "rule/load.h"

#include "rule/loader.h"

enum { MOST_FAULTS = 50, FORMAT = 1 };

/* Counts a fault; false when it need not be told. To find its place on a long line takes time. */
static bool count_fault(struct loader *loader)
{
	return loader->faults++ < MOST_FAULTS && loader->source;
}

static void add_fault(struct loader *loader, struct span span, struct text help, struct text message)
{
	struct place place = {loader->source, span};
	struct text rule = loader->fault_rule.length ? loader->fault_rule : TEXT("arilint/pack");
	struct diagnostic *diagnostic =
		diagnostics_add(loader->diagnostics, rule, SEVERITY_ERROR, place, message);
	diagnostic->help = help;
}

void loader_fault(struct loader *loader, const struct node *node, struct text help, const char *format, ...)
{
	va_list arguments;
	if (!count_fault(loader))
		return;
	va_start(arguments, format);
	struct text message = text_format_list(loader->arena, format, arguments);
	va_end(arguments);
	add_fault(loader, node_span(loader->arena, loader->source, node), help, message);
}

void loader_fault_within(struct loader *loader, const struct node *node, struct text part, struct text help,
                         const char *format, ...)
{
	va_list arguments;
	if (!count_fault(loader))
		return;
	va_start(arguments, format);
	struct text message = text_format_list(loader->arena, format, arguments);
	va_end(arguments);
	struct span span = node_span(loader->arena, loader->source, node);
	if (part.bytes >= node->text.bytes) {
		/* Only where the YAML text stands in the file as it is: escapes and folded lines move the bytes. */
		size_t at = (size_t)(part.bytes - node->text.bytes);
		struct text spelled = source_slice(loader->source, span);
		size_t start = text_find(spelled, node->text);
		if (start != TEXT_NOT_FOUND && at + part.length <= node->text.length) {
			span.start += (uint32_t)(start + at);
			span.end = span.start + (uint32_t)part.length;
		}
	}
	add_fault(loader, span, help, message);
}

struct text loader_suggest(struct loader *loader, struct text wrong, const struct text_list *names)
{
	struct text hit;
	if (loader->faults >= MOST_FAULTS)
		return TEXT("");
	if (text_list_nearest(loader->arena, names, wrong, &hit))
		return text_format(loader->arena, "did you mean '%.*s'?", TEXT_ARGUMENTS(hit));
	struct text all = TEXT("");
	for (size_t i = 0; i < names->count; i++)
		all = text_format(loader->arena, "%.*s%s%.*s", TEXT_ARGUMENTS(all), i ? ", " : "",
		                  TEXT_ARGUMENTS(names->items[i]));
	return all.length ? text_format(loader->arena, "there are: %.*s", TEXT_ARGUMENTS(all)) : TEXT("");
}

static const struct member *find_member(const struct member *members, struct text name)
{
	for (; members->name; members++)
		if (text_is(name, members->name))
			return members;
	return NULL;
}

static void fault_unknown_member(struct loader *loader, const struct node *key, const struct member *members,
                                 const char *what)
{
	struct text_list names = {0};
	for (; members->name; members++)
		*list_add(loader->arena, &names) = text_of(members->name);
	loader_fault(loader, key, loader_suggest(loader, key->text, &names), "%s has no '%.*s'", what,
	             TEXT_ARGUMENTS(key->text));
}

static bool is_repeated(const struct node *map, size_t pair)
{
	for (size_t i = 0; i < pair; i++)
		if (text_equal(map->items[2 * i].text, map->items[2 * pair].text))
			return true;
	return false;
}

void load_members(struct loader *loader, const struct node *node, const struct member *members, const char *what,
                  void *object)
{
	/* A pack that is compiled in was checked by the build. */
	if (!loader->source) {
		load_some_members(loader, node, members, object);
		return;
	}
	if (!load_map(loader, node, what))
		return;
	for (size_t i = 0; i < node->count; i++) {
		const struct node *key = &node->items[2 * i];
		const struct member *member = find_member(members, key->text);
		if (!member)
			fault_unknown_member(loader, key, members, what);
		else if (is_repeated(node, i))
			loader_fault(loader, key, TEXT(""), "'%s' is there twice", member->name);
		else if (member->load)
			member->load(loader, &node->items[2 * i + 1], object);
	}
	for (; members->name; members++)
		if (members->required && !node_get(node, members->name))
			loader_fault(loader, node, TEXT(""), "%s needs '%s'", what, members->name);
}

void load_some_members(struct loader *loader, const struct node *node, const struct member *members, void *object)
{
	for (size_t i = 0; i < node->count; i++) {
		const struct member *member = find_member(members, node->items[2 * i].text);
		if (member && member->load)
			member->load(loader, &node->items[2 * i + 1], object);
	}
}

static const char *kind_name(enum node_kind kind)
{
	static const char *const names[] = {[NODE_TEXT] = "a text", [NODE_LIST] = "a list", [NODE_MAP] = "a map"};
	return names[kind];
}

bool load_text(struct loader *loader, const struct node *node, struct text *text)
{
	if (node->kind != NODE_TEXT) {
		loader_fault(loader, node, TEXT(""), "this must be a text, not %s", kind_name(node->kind));
		return false;
	}
	*text = node->text;
	return true;
}

bool load_truth(struct loader *loader, const struct node *node, bool *truth)
{
	if (node->kind != NODE_TEXT || (!text_is(node->text, "true") && !text_is(node->text, "false"))) {
		loader_fault(loader, node, TEXT(""), "this must be true or false");
		return false;
	}
	*truth = text_is(node->text, "true");
	return true;
}

bool load_texts(struct loader *loader, const struct node *node, struct text_list *texts)
{
	if (node->kind == NODE_TEXT) {
		*list_add(loader->arena, texts) = node->text;
		return true;
	}
	if (!load_list(loader, node, "this"))
		return false;
	bool ok = true;
	for (size_t i = 0; i < node->count; i++) {
		struct text text;
		if (load_text(loader, &node->items[i], &text))
			*list_add(loader->arena, texts) = text;
		else
			ok = false;
	}
	return ok;
}

bool load_map(struct loader *loader, const struct node *node, const char *what)
{
	if (node->kind != NODE_MAP) {
		loader_fault(loader, node, TEXT(""), "%s must be a map, not %s", what, kind_name(node->kind));
		return false;
	}
	for (size_t i = 0; i < node->count; i++)
		if (node->items[2 * i].kind != NODE_TEXT) {
			loader_fault(loader, &node->items[2 * i], TEXT(""), "a key must be a text");
			return false;
		}
	return true;
}

bool load_list(struct loader *loader, const struct node *node, const char *what)
{
	if (node->kind != NODE_LIST) {
		loader_fault(loader, node, TEXT(""), "%s must be a list, not %s", what, kind_name(node->kind));
		return false;
	}
	return true;
}

bool load_name(struct loader *loader, const struct node *node, struct text *name)
{
	if (!load_text(loader, node, name))
		return false;
	bool ok = name->length && name->bytes[0] >= 'a' && name->bytes[0] <= 'z';
	for (size_t i = 0; ok && i < name->length; i++) {
		char byte = name->bytes[i];
		ok = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '_' || byte == '-';
	}
	if (!ok)
		loader_fault(loader, node, TEXT("names are made of a-z, 0-9, - and _, and begin with a letter"),
		             "'%.*s' can't be a name", TEXT_ARGUMENTS(*name));
	return ok;
}

void load_format(struct loader *loader, const struct node *node, void *object)
{
	(void)object;
	int64_t format;
	if (node->kind != NODE_TEXT || !text_to_integer(node->text, &format) || format < 1)
		loader_fault(loader, node, TEXT("write `arilint: 1`"), "this must be the number of the format");
	else if (format > FORMAT)
		loader_fault(loader, node, TEXT("get a newer arilint"), "format %.*s is newer than this program's (%d)",
		             TEXT_ARGUMENTS(node->text), FORMAT);
}

static void load_pack_name(struct loader *loader, const struct node *node, void *object)
{
	struct pack *pack = object;
	load_name(loader, node, &pack->name);
}

static void load_pack_title(struct loader *loader, const struct node *node, void *object)
{
	struct pack *pack = object;
	load_text(loader, node, &pack->title);
}

/* The members without a function are read in load_names() and load_rules(), in an order of their own. */
static const struct member pack_members[] = {
	{"arilint", true, load_format}, {"pack", true, load_pack_name}, {"title", false, load_pack_title},
	{"authority", false, NULL},
	{"handlers", false, NULL},      {"symptoms", false, NULL},
	{"roles", true, NULL},          {"targets", false, NULL},       {"placeholders", false, NULL},
	{"templates", false, NULL},     	{"settings", false, NULL},      {"lists", false, NULL},         {"verify", false, NULL},
	{"rules", true, NULL},
	{NULL, false, NULL},
};

struct pack *pack_load(struct diagnostics *diagnostics, struct source *source, const struct node *tree,
                       struct text language)
{
	struct pack *pack = arena_new(diagnostics->arena, struct pack);
	struct loader loader = {.diagnostics = diagnostics, .arena = diagnostics->arena};
	loader.source = source;
	loader.pack = pack;
	loader.language = language;
	pack->source = source;
	load_members(&loader, tree, pack_members, "a pack", pack);
	if (tree->kind == NODE_MAP) {
		load_names(&loader, tree);
		load_verify(&loader, tree);
		load_rules(&loader, node_get(tree, "rules"));
		pack->symptom_list = node_get(tree, "symptoms");
		if (pack->symptom_list && source)
			load_symptoms(&loader, pack->symptom_list);
	}
	return loader.faults ? NULL : pack;
}

struct pack *pack_read(struct diagnostics *diagnostics, struct text path, struct text language)
{
	struct text fault;
	struct source *source = source_read(diagnostics->arena, path, &fault);
	if (fault.length) {
		struct place place = {source, {0, 0}};
		diagnostics_add(diagnostics, TEXT("arilint/pack"), SEVERITY_ERROR, place,
		                text_join(diagnostics->arena, TEXT("the rule pack "), fault));
		return NULL;
	}
	const struct node *tree = node_read(diagnostics, source);
	return tree ? pack_load(diagnostics, source, tree, language) : NULL;
}
