/* Packs: YAML tree in, pack out, with every name resolved; or all of its faults at once. */
#ifndef ARILINT_RULE_LOAD_H
#define ARILINT_RULE_LOAD_H

#include "rule/test.h"

/* Makes a pack of a tree. `source` is the file it came from, for pointing at faults (NULL: compiled in, where there are
 * none). `language` chooses among a message's languages ("en", "uz", "ru"). Faults go to the diagnostics under
 * `arilint/pack`, at most 50 a file; then NULL. */
struct pack *pack_load(struct diagnostics *diagnostics, struct source *source, const struct node *tree,
                       struct text language);

/* Reads what a rule needs to judge, where that was left for when there is something to judge. */
void pack_ready_rule(struct arena *arena, struct pack *pack, struct rule *rule, struct text language);

/* The same, and what it says of its findings, where that was left for when there is one. */
void pack_complete_rule(struct arena *arena, struct pack *pack, struct rule *rule, struct text language);

/* What `arilint verify` asks by this pack; NULL: nothing. Of a pack that is compiled in it is read now. */
const struct verification *pack_verification(struct arena *arena, struct pack *pack, struct text language);

/* Reads the symptoms of a pack, where that was left for when they are wanted. */
void pack_complete_symptoms(struct arena *arena, struct pack *pack, struct text language);

/* Reads a pack file and makes a pack of it; the same. */
struct pack *pack_read(struct diagnostics *diagnostics, struct text path, struct text language);

/* Whether a tree is a file of cases, not a pack: it has `rule`, and no `pack`. */
bool cases_are(const struct node *tree);

/* Makes cases of a tree. Their rule is one of the packs', which must outlive them. False after faults, which are told as
 * those of packs are. */
bool cases_load(struct diagnostics *diagnostics, struct source *source, const struct node *tree,
                const struct pack_list *packs, struct cases *cases);

#endif
