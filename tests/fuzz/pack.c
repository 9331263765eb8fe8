/* Any bytes as a rule pack, or as cases of a built-in rule: they load, or there is a diagnostic that points into them. */
#include "rule/load.h"
#include "planted.h"
#include "target.h"

static bool load(struct diagnostics *diagnostics, struct source *source) {
	struct diagnostics aside = {.arena = diagnostics->arena};
	struct cases cases;
	const struct node *tree = node_read(&aside, source);
	struct pack_list packs = {0};
	if (!tree || !cases_are(tree))
		return pack_load(diagnostics, source, &packs) != NULL;
	packs = packs_built_in(diagnostics->arena);
	return cases_load(diagnostics, source, tree, &packs, &cases);
}

void take_pack(struct text bytes) {
	struct arena arena = {0};
	struct diagnostics diagnostics = {.arena = &arena};
	struct source *source = source_from_text(&arena, TEXT("fuzz.yaml"), bytes);
	bool loaded = load(&diagnostics, source);
	require_told(loaded, &diagnostics, source);
	arena_release(&arena);
}
