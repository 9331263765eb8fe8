#include "evaluate/run.h"

#include "evaluate/evaluate.h"
#include "evaluate/suppress.h"

/* What is about files that nobody named is nobody's business. */
static void drop_peers_own(struct diagnostics *diagnostics)
{
	size_t kept = 0;
	for (size_t i = 0; i < diagnostics->found.count; i++) {
		struct diagnostic diagnostic = diagnostics->found.items[i];
		bool named = !diagnostic.place.source->peer;
		for (size_t j = 0; j < diagnostic.labels.count; j++)
			named = named || !diagnostic.labels.items[j].place.source->peer;
		if (named)
			diagnostics->found.items[kept++] = diagnostic;
	}
	diagnostics->found.count = kept;
}

void lint_run(struct lint *lint, const struct source_list *inputs)
{
	lint_read(lint, inputs);
	evaluate(lint);
	suppress(lint);
	drop_peers_own(lint->diagnostics);
	diagnostics_sort(lint->diagnostics);
}
