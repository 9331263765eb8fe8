/* What a finding is known by from one run to the next, although lines have moved meanwhile or messages are in another
 * language: its rule, its file, the section and key that it is about, and which of several such it is. No value is in it, and
 * nothing that a secret could be sought from. */
#pragma once

#include "report/report.h"

struct identity {
	struct text rule, path;
	struct text section, key; /* as they stand in the file, secrets masked as "<secret>"; empty where there is none */
	uint32_t number;          /* of those that are the same in all of that, from 1 */
};

/* The path of a source as identities have it. */
struct text identity_path(struct arena *arena, struct source *source);

/* One of each diagnostic, in their order. */
struct identity *identities_of(struct arena *arena, const struct diagnostics *diagnostics);

/* Sixteen hexadecimal digits: the same for the same identity, in every run. */
struct text identity_fingerprint(struct arena *arena, const struct identity *identity);
