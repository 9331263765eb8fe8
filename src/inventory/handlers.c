#include "inventory/handlers.h"

void handlers_add(struct arena *arena, struct text_list *names, struct text name)
{
	for (size_t i = 0; i < names->count; i++)
		if (text_equal(names->items[i], name))
			return;
	*list_add(arena, names) = name;
}

static bool reads(const struct file *file, const struct source *source)
{
	for (size_t i = 0; i < file->view->sources.count; i++)
		if (file->view->sources.items[i] == source)
			return true;
	return false;
}

void handlers_of_source(const struct lint *lint, const struct source *source, struct text_list *names)
{
	for (size_t i = 0; i < lint->files.count; i++) {
		const struct file *file = lint->files.items[i];
		if (file->role->handler.length && !file->example && reads(file, source))
			handlers_add(lint->arena, names, file->role->handler);
	}
}

static struct text in_language(const struct node *node, struct text language)
{
	if (node->kind == NODE_TEXT)
		return node->text;
	const struct node *chosen = node_get(node, "en");
	for (size_t i = 0; i < node->count; i++)
		if (text_equal(node->items[2 * i].text, language))
			chosen = &node->items[2 * i + 1];
	return chosen ? chosen->text : TEXT("");
}

struct text handlers_by_hand(const struct lint_options *options, struct text name)
{
	for (size_t i = 0; i < options->packs.count; i++) {
		const struct pack *pack = options->packs.items[i];
		for (size_t j = 0; j < pack->handler_count; j++)
			if (text_equal(pack->handlers[j].name, name))
				return in_language(pack->handlers[j].by_hand, options->language);
	}
	return name;
}
