#include "command/packs.h"


#include "command/exit.h"
#include "command/output.h"
#include "command/tell.h"
#include "redact/redact.h"
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

/* What a fault quotes, and the lines that it shows, are the file's: only their shapes tell of a secret. */
void packs_redact_faults(struct diagnostics *diagnostics) {
	for (size_t i = 0; i < diagnostics->found.count; i++) {
		struct diagnostic *found = &diagnostics->found.items[i];
		struct source *source = found->place.source;
		struct span whole = {0, (uint32_t)source->bytes.length};
		found->message = redact_words(diagnostics->arena, found->message);
		found->help = redact_words(diagnostics->arena, found->help);
		if (source->secrets.count) continue;
		redact_mark_blocks(diagnostics->arena, true, source, whole);
		redact_mark_shapes(diagnostics->arena, source, whole);
		redact_settle(source);
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
	packs_redact_faults(diagnostics);
	report->write(&input, &out);
	output_print(buffer_text(&out));
	return EXIT_USAGE;
}
