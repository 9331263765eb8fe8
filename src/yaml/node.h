/* The tree of a YAML file: texts, lists and maps, each with its exact place. Tags, anchors and aliases are refused, so
 * a tree is a tree. Packs compiled into the program are such trees in read-only memory.
 * In: the bytes of a YAML file. Out: a tree of texts, lists and maps, or its faults. */
#pragma once

#include "diagnostic/diagnostic.h"

enum node_kind { NODE_TEXT, NODE_LIST, NODE_MAP };

struct node {
	enum node_kind kind;
	uint32_t line, column;         /* 1-based, of its first character; columns count characters */
	uint32_t end_line, end_column; /* just behind its last character */
	struct text text;              /* of NODE_TEXT */
	const struct node *items;      /* of a list: its elements; of a map: key, value, key, value, ... */
	size_t count;                  /* elements, or pairs */
};

/* The value of a key of a map, or NULL. */
const struct node *node_get(const struct node *map, const char *key);

/* Reads YAML (libyaml's events; all scalars are texts, `yes` and `012` too). Files named *.yaml, *.yml or *.json, at most 1 MiB, 32 levels deep. A fault is
 * added to the diagnostics under the rule `arilint/pack`; then NULL. */
const struct node *node_read(struct diagnostics *diagnostics, struct source *source);

/* The same of a file of another kind, whose faults go under `rule`. */
const struct node *node_read_as(struct diagnostics *diagnostics, struct source *source, struct text rule);

/* The bytes of the source that the node covers, for pointing at it. */
struct span node_span(struct source *source, const struct node *node);
