/* The tree of a YAML document as libyaml composes it, aliases resolved, with each node's bytes in the source.
 * In: the bytes of a compose file. Out: the environment of each of its services, as sections. */
#pragma once

#include <yaml.h>

#include "source/source.h"

struct compose_tree {
	struct arena *arena;
	struct source *source;
	yaml_document_t document;
	size_t visits;            /* of pairs: maps that take in maps could go on for ever */
	uint32_t character, byte; /* of the last mark that was asked for: the next one is mostly behind it */
};

/* False when the source is no YAML, larger than a MiB or nested more than 32 levels deep; else the caller releases the tree. Only the first document is
 * read. */
bool compose_tree_read(struct arena *arena, struct source *source, struct compose_tree *tree);
void compose_tree_release(struct compose_tree *tree);

/* NULL for 0. */
yaml_node_t *compose_tree_node(struct compose_tree *tree, int number);

/* The value of a key of a map, or of one of the maps that it takes in by `<<`; NULL without one. */
yaml_node_t *compose_tree_get(struct compose_tree *tree, yaml_node_t *map, const char *key);

/* Calls `visit` for each pair of a map, first for those of the maps that it takes in by `<<`. */
void compose_tree_each(struct compose_tree *tree, yaml_node_t *map,
                       void (*visit)(void *context, yaml_node_t *key, yaml_node_t *value), void *context);

/* Whether a node has a tag, and whether it has one by which what was said before counts no more: `!reset`, `!override`. */
bool compose_tree_tagged(const yaml_node_t *node, const char *tag);
bool compose_tree_replaces(const yaml_node_t *node);

/* A scalar's text, in the arena; empty for another node. */
struct text compose_tree_text(struct compose_tree *tree, const yaml_node_t *node);

/* The bytes of a node, its quotes included. */
struct span compose_tree_span(struct compose_tree *tree, const yaml_node_t *node);
