/* Any bytes as a rule pack, or as cases of a built-in rule: they load, or there is a diagnostic that points into them. */
#include "base/arena.h"
#include "fuzz.h"
#include "rule/load.h"

#include <stdio.h>
#include <stdlib.h>

static void require(bool holds, const char *what) {
	if (holds) return;
	fprintf(stderr, "pack: %s\n", what);
	abort();
}

static bool load(struct diagnostics *diagnostics, struct source *source) {
	struct arena *arena = diagnostics->arena;
	struct diagnostics aside = {.arena = arena};
	struct pack_list packs = {0};
	struct cases cases;
	const struct node *tree = node_read(&aside, source);
	if (!tree || !cases_are(tree))
		return pack_load(diagnostics, source, &packs) != NULL;
	for (size_t i = 0; built_in_packs[i]; i++)
		*list_add(arena, &packs) = built_in_packs[i];
	return cases_load(diagnostics, source, tree, &packs, &cases);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
	struct arena arena = {0};
	struct diagnostics diagnostics = {.arena = &arena};
	struct source *source = source_from_text(&arena, TEXT("fuzz.yaml"), (struct text){(const char *)data, size});
	bool loaded = load(&diagnostics, source);
	require(loaded || diagnostics.found.count, "it does not load and nothing says why");
	for (size_t i = 0; i < diagnostics.found.count; i++) {
		struct span span = diagnostics.found.items[i].place.span;
		require(span.start <= span.end && span.end <= size, "a diagnostic points outside the file");
		require(diagnostics.found.items[i].message.length, "a diagnostic without a message");
	}
	arena_release(&arena);
	return 0;
}
