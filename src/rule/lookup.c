#include "rule/lookup.h"

#include "diagnostic/effect.h"

const void *load_registered(struct loader *loader, const struct node *node, struct text part, struct text name,
                            const void *const *table, const char *kind) {
	struct text_list names = {0};
	for (; *table; table++) {
		const char *const *known = *table;
		if (text_is(name, *known))
			return known;
		*list_add(loader->arena, &names) = text_of(*known);
	}
	loader_fault_within(loader, node, part, loader_suggest(loader, name, &names), "there is no %s '%.*s'", kind,
	                    TEXT_ARGUMENTS(name));
	return NULL;
}

/* The element of that name, or NULL with a fault that says what there is: `kind` is "role". */
static const void *find_named(struct loader *loader, const struct node *node, struct text name,
                              const void *const *items, size_t count, const char *kind) {
	struct text_list names = {0};
	for (size_t i = 0; i < count; i++) {
		const struct text *known = items[i]; /* the first member of each of them */
		if (text_equal(name, *known))
			return items[i];
		*list_add(loader->arena, &names) = *known;
	}
	loader_fault_within(loader, node, name, loader_suggest(loader, name, &names), "there is no %s '%.*s'", kind,
	                    TEXT_ARGUMENTS(name));
	return NULL;
}

#define FIND(loader, node, name, table, kind)                                                                         \
	find_named(loader, node, name, (const void *const *)(loader)->pack->table.items, (loader)->pack->table.count, \
	           kind)

const struct role *load_role_name(struct loader *loader, const struct node *node) {
	struct text name;
	return load_text(loader, node, &name) ? FIND(loader, node, name, roles, "role") : NULL;
}

const struct target *load_target_name(struct loader *loader, const struct node *node) {
	struct text name;
	return load_text(loader, node, &name) ? FIND(loader, node, name, targets, "target") : NULL;
}

const struct list *load_list_name(struct loader *loader, const struct node *node, struct text name) {
	return FIND(loader, node, name, lists, "list");
}

void load_key_globs(struct loader *loader, const struct node *node, struct glob_set *globs) {
	struct text_list written = {0};
	if (!load_texts(loader, node, &written)) return;
	for (size_t i = 0; i < written.count; i++) {
		struct text text = written.items[i];
		if (!text_starts_with(text, TEXT("{")) || text.bytes[text.length - 1] != '}') {
			glob_set_add(loader->arena, globs, text);
			continue;
		}
		const struct list *list = load_list_name(loader, node, text_slice(text, 1, text.length - 1));
		for (size_t j = 0; list && list->texts && j < list->texts->texts.count; j++)
			glob_set_add(loader->arena, globs, list->texts->texts.items[j]);
	}
}

bool load_handler_name(struct loader *loader, const struct node *node, struct text *name) {
	return load_text(loader, node, name) && FIND(loader, node, *name, handlers, "handler");
}

bool load_effect(struct loader *loader, const struct node *node, struct text *effect) {
	struct text_list names = {0};
	if (!load_text(loader, node, effect)) return false;
	for (size_t i = 0; effects[i].name; i++) {
		if (text_is(*effect, effects[i].name)) return true;
		*list_add(loader->arena, &names) = text_of(effects[i].name);
	}
	loader_fault(loader, node, loader_suggest(loader, *effect, &names), "there is no effect '%.*s'",
	             TEXT_ARGUMENTS(*effect));
	return false;
}

bool load_expression(struct loader *loader, const struct node *node, struct text *spelled, struct pattern *pattern) {
	size_t offset = 0;
	struct text fault;
	if (!load_text(loader, node, spelled)) return false;
	*pattern = (struct pattern){.arena = loader->arena, .spelled = *spelled};
	if (pattern_compile(pattern, &offset, &fault)) return true;
	loader_fault_within(loader, node, text_slice(*spelled, offset ? offset - 1 : 0, offset ? offset : 1), TEXT(""),
	                    "not a regular expression: %.*s", TEXT_ARGUMENTS(fault));
	return false;
}

void load_reader_names(struct loader *loader, const struct node *node, const struct reader **into, size_t *count) {
	struct text_list wanted = {0};
	if (!load_texts(loader, node, &wanted)) return;
	for (size_t i = 0; i < wanted.count; i++) {
		const struct reader *reader =
			LOAD_REGISTERED(loader, node, TEXT(""), wanted.items[i], readers, "reader");
		if (reader && *count < ROLE_MOST_READERS)
			into[(*count)++] = reader;
		else if (reader)
			loader_fault(loader, node, TEXT(""), "a role has at most %d readers", ROLE_MOST_READERS);
	}
}
