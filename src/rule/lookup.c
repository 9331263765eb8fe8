#include "rule/lookup.h"

#include "diagnostic/effect.h"

/* The element of that name, or NULL with a fault that says what there is: `kind` is "role". */
static const void *find_named(struct loader *loader, const struct node *node, struct text name,
                              const void *const *items, size_t count, const char *kind)
{
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

const struct role *load_role_name(struct loader *loader, const struct node *node)
{
	struct text name;
	return load_text(loader, node, &name) ? FIND(loader, node, name, roles, "role") : NULL;
}

const struct target *load_target_name(struct loader *loader, const struct node *node)
{
	struct text name;
	return load_text(loader, node, &name) ? FIND(loader, node, name, targets, "target") : NULL;
}

const struct list *load_list_name(struct loader *loader, const struct node *node, struct text name)
{
	return FIND(loader, node, name, lists, "list");
}

bool load_handler_name(struct loader *loader, const struct node *node, struct text *name)
{
	return load_text(loader, node, name) && FIND(loader, node, *name, handlers, "handler");
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
