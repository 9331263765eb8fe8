/* One rule for people: what it checks, what it means, how it is mended, and an example from its tests. */
#pragma once

#include "base/buffer.h"
#include "rule/pack.h"

/* A text of a rule as the pack spells it, in the language wanted, else in English; empty where there is none. */
struct text rule_spelled(const struct message *message, enum language language);

/* Adds the page of a rule. */
void rule_page_write(struct arena *arena, const struct pack *pack, const struct rule *rule, enum language language,
                     bool colour, struct buffer *out);
