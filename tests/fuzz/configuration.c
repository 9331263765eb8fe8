/* Any bytes as the configuration of a repository: it loads, or there is a diagnostic; and it names nothing outside of its
 * folder. The same bytes as the user's own may. */
#include <stdlib.h>

#include "configuration/configuration.h"
#include "planted.h"
#include "scratch.h"
#include "target.h"

/* A path that leads to nothing leads nowhere else. */
static void require_below(struct arena *arena, struct text path) {
	struct text folder = text_join(arena, scratch_folder(), TEXT("/"));
	char *led = realpath(text_string(arena, path), NULL);
	require(!led || text_starts_with(text_join(arena, text_of(led), TEXT("/")), folder), "a repository speaks of %s", led);
	free(led);
}

static void check_confined(struct arena *arena, const struct configuration *configuration, const struct inventory *inventory) {
	for (size_t i = 0; i < configuration->packs.count; i++)
		require_below(arena, configuration->packs.items[i]);
	for (size_t i = 0; i < inventory->groups.count; i++)
		for (size_t j = 0; j < inventory->groups.items[i]->files.count; j++)
			require_below(arena, inventory->groups.items[i]->files.items[j]->path);
}

static void load(struct text path, struct text confines) {
	struct arena arena = {0};
	struct diagnostics diagnostics = {.arena = &arena};
	struct configuration configuration = {0};
	struct lint_options options = {.packs = packs_built_in(&arena)};
	rule_choices_add(&arena, &options.choices, &options.packs);
	configuration_read(&diagnostics, (struct configuration_place){path, confines}, &configuration);
	if (configuration.tree)
		configuration_resolve(&diagnostics, &configuration, &options);
	require_told(configuration.tree != NULL, &diagnostics, configuration.source);
	if (confines.length)
		check_confined(&arena, &configuration, &options.inventory);
	arena_release(&arena);
}

void take_configuration(struct text bytes) {
	struct arena arena = {0};
	struct text path = text_join(&arena, scratch_folder(), TEXT("/.arilint.yaml"));
	require(scratch_write(TEXT(".arilint.yaml"), bytes), "no room for a configuration");
	load(path, scratch_folder());
	load(path, TEXT(""));
	arena_release(&arena);
}
