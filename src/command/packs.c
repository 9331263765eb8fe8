#include "command/packs.h"


#include "command/exit.h"
#include "command/output.h"
#include "command/tell.h"
#include "report/report.h"
#include "rule/load.h"

void packs_load(struct diagnostics *diagnostics, const struct options *options, struct pack_list *packs) {
	for (size_t i = 0; !options->no_builtin && built_in_packs[i]; i++)
		if (built_in_packs[i]->rules.count)
			*list_add(diagnostics->arena, packs) = built_in_packs[i];
	for (size_t i = 0; i < options->rules.count; i++) {
		const struct pack *pack = pack_read(diagnostics, options->rules.items[i], packs);
		if (pack)
			*list_add(diagnostics->arena, packs) =
				i < options->repository_rules ? pack_confine(diagnostics->arena, pack) : pack;
	}
}

int packs_tell_faults(struct diagnostics *diagnostics, struct text format) {
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
	output_print(buffer_text(&out));
	return EXIT_USAGE;
}
