#include "command/packs.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "command/command.h"
#include "command/tell.h"
#include "report/report.h"
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

static void add_pack(struct arena *arena, struct pack *pack, struct pack_list *packs)
{
	if (pack)
		*list_add(arena, packs) = pack;
}

static void read_packs(struct diagnostics *diagnostics, const struct options *options, struct pack_list *packs)
{
	for (size_t i = 0; i < options->rules.count; i++)
		add_pack(diagnostics->arena, pack_read(diagnostics, options->rules.items[i], options->language), packs);
}

void packs_load(struct diagnostics *diagnostics, const struct options *options, struct pack_list *packs)
{
	for (size_t i = 0; !options->no_builtin && embedded_packs[i].file; i++)
		add_pack(diagnostics->arena, pack_load(diagnostics, NULL, embedded_packs[i].tree, options->language), packs);
	read_packs(diagnostics, options, packs);
}

void packs_load_with_tests(struct diagnostics *diagnostics, const struct options *options, struct pack_list *packs)
{
	struct arena *arena = diagnostics->arena;
	for (size_t i = 0; !options->no_builtin && embedded_packs[i].file; i++) {
		struct source *source = source_from_text(arena, text_of(embedded_packs[i].file), embedded_packs[i].yaml);
		const struct node *tree = node_read(diagnostics, source);
		add_pack(arena, tree ? pack_load(diagnostics, source, tree, options->language) : NULL, packs);
	}
	read_packs(diagnostics, options, packs);
}

int packs_tell_faults(struct diagnostics *diagnostics, struct text format)
{
	struct buffer out = {.arena = diagnostics->arena};
	struct report_input input = {.arena = diagnostics->arena, .diagnostics = diagnostics, .version = ARILINT_VERSION};
	const struct report *report = report_find(format.length ? format : TEXT("text"));
	if (!report) {
		tell_error(diagnostics->arena, "", text_format(diagnostics->arena, "unknown format '%.*s'; there are: %s",
		                                               TEXT_ARGUMENTS(format), report_names));
		return EXIT_USAGE;
	}
	diagnostics_sort(diagnostics);
	report->write(&input, &out);
	file_write_all(STDOUT_FILENO, buffer_text(&out));
	return EXIT_USAGE;
}
