/* Packs are loaded.
 * In: trees of YAML. Out: packs with every name resolved, or all of their faults at once. */
#pragma once

#include "rule/test.h"
#include "yaml/node.h"

/* The packs that are compiled in (see embed/); ends with NULL. Those without rules are there to be shared by `use`. */
extern const struct pack *const built_in_packs[];

/* Makes a pack of a file, and of the catalogues beside it (DIR/uz/NAME.yaml for DIR/NAME.yaml). Its `use` finds the
 * packs of `at_hand` and those that are compiled in. Faults go to the diagnostics under `arilint/pack`, at most 50 a
 * file; then NULL. */
const struct pack *pack_read(struct diagnostics *diagnostics, struct text path, const struct pack_list *at_hand);

/* The same of a text, without catalogues. */
const struct pack *pack_load(struct diagnostics *diagnostics, struct source *source, const struct pack_list *at_hand);

/* A pack as a repository may bring one: see struct pack. */
const struct pack *pack_confine(struct arena *arena, const struct pack *pack);

/* Whether a tree is a file of cases, not a pack: it has `rule`, and no `pack`. */
bool cases_are(const struct node *tree);

/* Makes cases of a tree. Their rule is one of the packs', which must outlive them. False after faults, which are told
 * as those of packs are. */
bool cases_load(struct diagnostics *diagnostics, struct source *source, const struct node *tree,
                const struct pack_list *packs, struct cases *cases);
