#include "rule/loader.h"

#include <string.h>

enum { MOST_FAULTS = 50 };

/* --- faults --- */

static struct text fault_rule_of(const struct loader *loader) {
	return loader->fault_rule.length ? loader->fault_rule : TEXT("arilint/pack");
}

/* To find its place on a long line takes time: those beyond the first are only counted. */
__attribute__((format(printf, 5, 0))) static void add_fault(struct loader *loader, const struct node *node, struct text part,
                                                            struct text help, const char *format, va_list arguments) {
	if (loader->faults++ >= MOST_FAULTS) return;
	struct span span = node_span(loader->source, node);
	/* Only where the YAML text stands in the file as it is: escapes and folded lines move the bytes. */
	size_t start = part.length ? text_find(source_slice(loader->source, span), node->text) : TEXT_NOT_FOUND;
	size_t at = start == TEXT_NOT_FOUND || part.bytes < node->text.bytes ? SIZE_MAX : (size_t)(part.bytes - node->text.bytes);
	if (at <= node->text.length && part.length <= node->text.length - at) {
		span.start += (uint32_t)(start + at);
		span.end = span.start + (uint32_t)part.length;
	}
	struct text message = text_format_list(loader->arena, format, arguments);
	diagnostics_add(loader->diagnostics, fault_rule_of(loader), SEVERITY_ERROR, (struct place){loader->source, span},
	                message)->help = help;
}

void loader_fault(struct loader *loader, const struct node *node, struct text help, const char *format, ...) {
	va_list arguments;
	va_start(arguments, format);
	add_fault(loader, node, TEXT(""), help, format, arguments);
	va_end(arguments);
}

void loader_fault_within(struct loader *loader, const struct node *node, struct text part, struct text help,
                         const char *format, ...) {
	va_list arguments;
	va_start(arguments, format);
	add_fault(loader, node, part, help, format, arguments);
	va_end(arguments);
}

bool loader_read(struct loader *loader, struct text path, const char *what) {
	struct text fault = TEXT("");
	loader->source = source_read(loader->arena, path, &fault);
	if (fault.length)
		diagnostics_add(loader->diagnostics, fault_rule_of(loader), SEVERITY_ERROR,
		                (struct place){loader->source, {0, 0}},
		                text_format(loader->arena, "%s %.*s", what, TEXT_ARGUMENTS(fault)));
	return !fault.length;
}

void loader_refuse(struct loader *loader, struct text path, struct text sentence) {
	loader->source = source_from_text(loader->arena, path, TEXT(""));
	diagnostics_add(loader->diagnostics, fault_rule_of(loader), SEVERITY_ERROR, (struct place){loader->source, {0, 0}},
	                sentence);
}

struct text loader_suggest(struct loader *loader, struct text wrong, const struct text_list *names) {
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

/* --- maps by their shapes --- */

static const struct member *find_member(const struct shape *shape, struct text name) {
	for (const struct member *member = shape->members; member->field; member++)
		if (member->name && text_is(name, member->name))
			return member;
	return NULL;
}

static void fault_unknown_member(struct loader *loader, const struct node *key, const struct shape *shape) {
	struct text_list names = {0};
	for (const struct member *member = shape->members; member->field; member++)
		if (member->name)
			*list_add(loader->arena, &names) = text_of(member->name);
	loader_fault(loader, key, loader_suggest(loader, key->text, &names), "%s has no '%.*s'", shape->name,
	             TEXT_ARGUMENTS(key->text));
}

static bool is_repeated(const struct node *map, size_t pair) {
	for (size_t i = 0; i < pair; i++)
		if (text_equal(map->items[2 * i].text, map->items[2 * pair].text))
			return true;
	return false;
}

static void check_keys(struct loader *loader, const struct node *map, const struct shape *shape) {
	for (size_t i = 0; i < map->count; i++) {
		const struct node *key = &map->items[2 * i];
		const struct member *member = find_member(shape, key->text);
		if (!member)
			fault_unknown_member(loader, key, shape);
		else if (is_repeated(map, i))
			loader_fault(loader, key, TEXT(""), "'%s' is there twice", member->name);
	}
}

/* Notes the way to a text for the catalogues; returns what to go back to. */
static size_t enter(struct loader *loader, struct text name) {
	size_t before = loader->path.length;
	if (!loader->catalogues)
		return before;
	if (before)
		buffer_add_byte(&loader->path, '.');
	buffer_add(&loader->path, name);
	return before;
}

static void load_member(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	size_t before = enter(loader, text_of(member->name));
	member->type->load(loader, node, member, object);
	if (member->flag)
		*(bool *)((char *)object + member->flag) = true;
	loader->path.length = before;
}

void load_members(struct loader *loader, const struct node *node, const struct shape *shape, void *object) {
	if (!load_map(loader, node, shape->name)) return;
	check_keys(loader, node, shape);
	for (const struct member *member = shape->members; member->field; member++) {
		const struct node *value = member->name ? node_get(node, member->name) : NULL;
		if (value)
			load_member(loader, value, member, object);
		else if (member->name && member->needed)
			loader_fault(loader, node, TEXT(""), "%s needs '%s'", shape->name, member->name);
	}
}

void load_shape(struct loader *loader, const struct node *node, const struct shape *shape, void *object) {
	if (shape->load)
		shape->load(loader, node, object);
	else
		load_members(loader, node, shape, object);
}

/* --- plain values --- */

static const char *kind_name(enum node_kind kind) {
	static const char *const names[] = {[NODE_TEXT] = "a text", [NODE_LIST] = "a list", [NODE_MAP] = "a map"};
	return names[kind];
}

bool load_text(struct loader *loader, const struct node *node, struct text *text) {
	if (node->kind != NODE_TEXT) {
		loader_fault(loader, node, TEXT(""), "this must be a text, not %s", kind_name(node->kind));
		return false;
	}
	*text = node->text;
	return true;
}

bool load_texts(struct loader *loader, const struct node *node, struct text_list *texts) {
	if (node->kind == NODE_TEXT) {
		*list_add(loader->arena, texts) = node->text;
		return true;
	}
	if (!load_list(loader, node, "this")) return false;
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

bool load_text_set(struct loader *loader, const struct node *node, const struct text_set **set) {
	struct text_list texts = {0};
	bool ok = load_texts(loader, node, &texts);
	*set = text_set_make(loader->arena, &texts);
	return ok;
}

bool load_truth(struct loader *loader, const struct node *node, bool *truth) {
	*truth = node->kind == NODE_TEXT && text_is(node->text, "true");
	if (*truth || (node->kind == NODE_TEXT && text_is(node->text, "false"))) return true;
	loader_fault(loader, node, TEXT(""), "this must be true or false");
	return false;
}

bool load_map(struct loader *loader, const struct node *node, const char *what) {
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

bool load_list(struct loader *loader, const struct node *node, const char *what) {
	if (node->kind != NODE_LIST) {
		loader_fault(loader, node, TEXT(""), "%s must be a list, not %s", what, kind_name(node->kind));
		return false;
	}
	return true;
}

bool load_name(struct loader *loader, const struct node *node, struct text *name) {
	if (!load_text(loader, node, name)) return false;
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

/* --- maps and lists of maps --- */

static void load_same(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	load_shape(loader, node, member->of, object);
}

static void load_pointer(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	void *made = arena_allocate(loader->arena, member->of->size);
	*(void **)member_at(member, object) = made;
	load_shape(loader, node, member->of, made);
}

/* Any ARRAY_OF and any POINTERS_TO. */
struct array {
	void *items;
	size_t count;
};

/* The member that names an element: its first. */
static struct text *name_of(void *element) { return element; }

/* Catalogues name an element by its `id`, or else by its number. */
static size_t enter_element(struct loader *loader, const struct node *element, size_t number) {
	const struct node *id = node_get(element, "id");
	return enter(loader,
	             id && id->kind == NODE_TEXT ? id->text : text_of_number(loader->arena, (uint32_t)number + 1));
}

static bool has_ids(const struct shape *shape) { return shape->members->name && !strcmp(shape->members->name, "id"); }

static void check_id(struct loader *loader, const struct node *element, const struct shape *shape, struct map *ids,
                     struct text *id) {
	if (id->length && map_put(loader->arena, ids, *id, id) != id)
		loader_fault(loader, node_get(element, "id"), TEXT(""), "there is another %s '%.*s'", shape->structure,
		             TEXT_ARGUMENTS(node_get(element, "id")->text));
}

static void load_array(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	const struct shape *of = member->of;
	struct array *array = member_at(member, object);
	struct map ids = {0};
	if (!load_list(loader, node, member->name)) return;
	array->items = arena_allocate_array(loader->arena, node->count, of->size);
	for (size_t i = 0; i < node->count; i++) {
		size_t before = enter_element(loader, &node->items[i], i);
		void *element = (char *)array->items + array->count++ * of->size;
		load_shape(loader, &node->items[i], of, element);
		loader->path.length = before;
		if (has_ids(of))
			check_id(loader, &node->items[i], of, &ids, name_of(element));
	}
}

static void load_array_or_one(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct array *array = member_at(member, object);
	if (node->kind == NODE_LIST) {
		load_array(loader, node, member, object);
		return;
	}
	array->items = arena_allocate(loader->arena, member->of->size);
	array->count = 1;
	load_shape(loader, node, member->of, array->items);
}

/* Whether a name is there for the first time. */
static bool is_first(struct loader *loader, struct map *names, const struct node *name) {
	return map_put(loader->arena, names, name->text, (void *)(uintptr_t)name) == name;
}

/* Each counts when it is loaded: its members may name those above it, so no two name each other. What was taken from
 * another pack stands there already; an entry of that name takes its place. */
static void load_pointers(struct loader *loader, const struct node *node, const struct member *member, void *object) {
	struct array *array = member_at(member, object), shared = *array;
	struct map names = {0};
	if (!load_map(loader, node, member->name)) return;
	for (size_t i = 0; i < node->count; i++)
		if (!is_first(loader, &names, &node->items[2 * i]))
			loader_fault(loader, &node->items[2 * i], TEXT(""), "'%.*s' is there twice",
			             TEXT_ARGUMENTS(node->items[2 * i].text));
	void **items = arena_allocate_array(loader->arena, node->count + shared.count, sizeof(*items));
	*array = (struct array){items, 0};
	for (size_t i = 0; i < shared.count; i++)
		if (!map_get(&names, *name_of(((void **)shared.items)[i])))
			items[array->count++] = ((void **)shared.items)[i];
	for (size_t i = 0; i < node->count; i++) {
		const struct node *name = &node->items[2 * i];
		void *made = arena_allocate(loader->arena, member->of->size);
		size_t before = enter(loader, name->text);
		load_name(loader, name, name_of(made));
		load_shape(loader, &name[1], member->of, made);
		loader->path.length = before;
		items[array->count++] = made;
	}
}

const struct member_type member_same = {MEMORY_SAME, load_same, NULL};
const struct member_type member_pointer = {MEMORY_POINTER, load_pointer, NULL};
const struct member_type member_array = {MEMORY_ARRAY, load_array, NULL};
const struct member_type member_array_or_one = {MEMORY_ARRAY, load_array_or_one, NULL};
const struct member_type member_pointers = {MEMORY_POINTERS, load_pointers, NULL};
