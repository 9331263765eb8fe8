#include "command/packs.h"

#include <stdlib.h>

#include "rule/embedded.h"

bool packs_choose_language(struct options *options, struct text *fault)
{
	static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	struct text *language = &options->language;
	bool given = language->length != 0;
	for (size_t i = 0; i < 3 && !language->length; i++)
		*language = text_slice(text_of(getenv(variables[i])), 0, 2);
	if (text_is(*language, "uz") || text_is(*language, "ru") || text_is(*language, "en"))
		return true;
	if (given)
		*fault = TEXT("--lang takes en, uz or ru");
	*language = TEXT("en");
	return !given;
}

void packs_load(struct diagnostics *diagnostics, const struct options *options, struct pack_list *packs)
{
	struct arena *arena = diagnostics->arena;
	for (size_t i = 0; !options->no_builtin && embedded_packs[i].file; i++) {
		struct pack *pack = pack_load(diagnostics, NULL, embedded_packs[i].tree, options->language);
		if (pack)
			*list_add(arena, packs) = pack;
	}
	for (size_t i = 0; i < options->rules.count; i++) {
		struct pack *pack = pack_read(diagnostics, options->rules.items[i], options->language);
		if (pack)
			*list_add(arena, packs) = pack;
	}
}
