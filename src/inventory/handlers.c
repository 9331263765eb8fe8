#include "inventory/handlers.h"

static bool reads(const struct file *file, const struct source *source) {
	for (size_t i = 0; i < file->view->sources.count; i++)
		if (file->view->sources.items[i] == source)
			return true;
	return false;
}

void handlers_of_source(const struct lint *lint, const struct source *source, struct text_list *names) {
	for (size_t i = 0; i < lint->files.count; i++) {
		const struct file *file = lint->files.items[i];
		if (file->role->handler.length && !file->example && !file->confined && reads(file, source))
			text_list_add_once(lint->arena, names, file->role->handler);
	}
}

struct text handlers_by_hand(const struct lint_options *options, struct text name) {
	for (size_t i = 0; i < options->packs.count; i++) {
		const struct pack *pack = options->packs.items[i];
		for (size_t j = 0; j < pack->handlers.count; j++)
			if (text_equal(pack->handlers.items[j]->name, name))
				return words_in(&pack->handlers.items[j]->by_hand, options->language);
	}
	return name;
}
