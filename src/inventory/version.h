/* Versions of the programs that a run is about. */
#pragma once

#include "rule/pack.h"

struct version_list LIST_OF(struct version);

/* Whether a text is a version: digits with dots between them. */
bool version_is_valid(struct text number);

/* The version of a program, or NULL when none is named. */
const struct version *version_find(const struct version_list *versions, struct text program);

/* The programs for whose versions the packs judge, each once. */
struct text_list version_programs(struct arena *arena, const struct pack_list *packs);

/* Whether the version is one of the target's. */
bool version_is_of(const struct version *version, const struct target *target);
