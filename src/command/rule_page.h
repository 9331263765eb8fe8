/* One rule for people: what it checks, what it means, how it is mended, and an example from its tests. */
#ifndef ARILINT_COMMAND_RULE_PAGE_H
#define ARILINT_COMMAND_RULE_PAGE_H

#include "base/buffer.h"
#include "rule/pack.h"

/* A text of a rule, or a map of languages, in the language wanted, else in English; empty for NULL. */
struct text rule_text(const struct node *node, struct text language);

/* Adds the page of a rule whose pack was loaded with its tests. */
void rule_page_write(struct arena *arena, const struct pack *pack, const struct rule *rule, struct text language,
                     bool colour, struct buffer *out);

#endif
