/* Versions of the programs that a run is about. */
#ifndef ARILINT_INVENTORY_VERSION_H
#define ARILINT_INVENTORY_VERSION_H

#include "rule/pack.h"

/* Whether a text is a version: digits with dots between them. */
bool version_is_valid(struct text number);

/* The version of a program, or NULL when none is named. */
const struct version *version_find(const struct version *versions, size_t count, struct text program);

/* Whether the version is one of the target's. */
bool version_is_of(const struct version *version, const struct target *target);

#endif
