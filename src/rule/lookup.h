/* Names in a pack, looked up in what the pack has or in the program's own tables. Each says what is wrong when there is
 * none of that name, and what there is. */
#ifndef ARILINT_RULE_LOOKUP_H
#define ARILINT_RULE_LOOKUP_H

#include "rule/loader.h"

/* NULL when there is none. */
const struct role *load_role_name(struct loader *loader, const struct node *node);
const struct target *load_target_name(struct loader *loader, const struct node *node);
const struct list *load_list_name(struct loader *loader, const struct node *node, struct text name);

/* False when there is none. */
bool load_handler_name(struct loader *loader, const struct node *node, struct text *name);
bool load_effect(struct loader *loader, const struct node *node, struct text *effect);

/* Adds readers, at most ROLE_MOST_READERS in all. */
void load_reader_names(struct loader *loader, const struct node *node, const struct reader **into, size_t *count);

#endif
