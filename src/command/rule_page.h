/* One rule for people: what it checks, what it means, how it is mended, and an example from its tests. */
#pragma once

#include "base/buffer.h"
#include "rule/pack.h"

/* A text of a rule as the pack spells it, in the language wanted, else in English; empty where there is none. */
struct text rule_spelled(const struct message *message, enum language language);

/* The rule of that id and its pack; NULL when there is none. */
const struct rule *rule_find(const struct pack_list *packs, struct text id, const struct pack **pack);

/* Adds the page of a rule. */
void rule_page_write(struct arena *arena, const struct pack *pack, const struct rule *rule, enum language language,
                     bool colour, struct buffer *out);
