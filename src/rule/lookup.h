/* Names in a pack, looked up in what the pack has or in the program's own tables. Each says what is wrong when there is
 * none of that name, and what there is. */
#pragma once

#include "rule/loader.h"

/* NULL when there is none. */
const struct role *load_role_name(struct loader *loader, const struct node *node);
const struct target *load_target_name(struct loader *loader, const struct node *node);
const struct list *load_list_name(struct loader *loader, const struct node *node, struct text name);

/* Adds globs; `{LIST}` stands for those of a list of the pack. */
void load_key_globs(struct loader *loader, const struct node *node, struct glob_set *globs);

/* False when there is none. */
bool load_handler_name(struct loader *loader, const struct node *node, struct text *name);
bool load_effect(struct loader *loader, const struct node *node, struct text *effect);

/* One of a table of the program's, which ends with NULL and whose elements begin with their names: `kind` is "check". The
 * fault is at `part` of the node; empty: at all of it. */
#define LOAD_REGISTERED(loader, node, part, name, table, kind) \
	load_registered(loader, node, part, name, (const void *const *)(table), kind)
const void *load_registered(struct loader *loader, const struct node *node, struct text part, struct text name,
                            const void *const *table, const char *kind);

/* A regular expression, and the same compiled; false when it is none. */
bool load_expression(struct loader *loader, const struct node *node, struct text *spelled, struct pattern *pattern);

/* Adds readers, at most ROLE_MOST_READERS in all. */
void load_reader_names(struct loader *loader, const struct node *node, const struct reader **into, size_t *count);
