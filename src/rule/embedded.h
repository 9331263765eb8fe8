/* The packs that are compiled in: trees that the build made of rules/ (see embed/pack_embed.c) and checked. */
#ifndef ARILINT_RULE_EMBEDDED_H
#define ARILINT_RULE_EMBEDDED_H

#include "yaml/node.h"

struct embedded_pack {
	const char *file;        /* "ari.yaml" */
	const struct node *tree; /* without its tests, so that an everyday run does not pay for them */
	struct text yaml;        /* the file itself, for who wants the tests too */
};

/* Ends with a NULL file. */
extern const struct embedded_pack embedded_packs[];

#endif
