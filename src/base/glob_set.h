/* Globs of names, an earlier one before a later one, and what makes looking into them quick. */
#pragma once

#include "base/list.h"
#include "base/text.h"

/* Zero-initialised sets are empty. What glob_set_add() has made may be a constant. */
struct glob_set {
	struct text_list globs;
	struct text ends;   /* a byte for each glob: what all that it matches ends in, see base/ending.h ... */
	struct text makes;  /* ... and another one, see glob_set.c */
	uint64_t all_ends;  /* a bit for each value of these bytes */
	bool has_wildcards; /* one of them is more than a name */
};

/* Adds a glob, kept by view, at the end. */
void glob_set_add(struct arena *arena, struct glob_set *set, struct text glob);

/* The first place from a place on of a glob that may match what ends as the name does, or TEXT_NOT_FOUND; and whether there
 * is a slash in the one at a place. */
size_t glob_set_candidate(const struct glob_set *set, struct text name, size_t from);
bool glob_set_is_path(const struct glob_set *set, size_t place);

/* Bits for what all that the globs match ends in, see base/ending.h. */
uint64_t glob_set_endings(const struct glob_set *set);

/* Whether the glob at a place matches the name, and in `*star` (may be NULL) what its first `*` stands for. */
bool glob_set_has_at(const struct glob_set *set, size_t place, struct text name, bool any_case, struct text *star);

/* The place of the first glob that matches the name, and in `*star` (may be NULL) what its first `*` stands for; TEXT_NOT_FOUND
 * when none does. */
size_t glob_set_find(const struct glob_set *set, struct text name, bool any_case, struct text *star);

static inline bool glob_set_matches(const struct glob_set *set, struct text name, bool any_case) {
	return glob_set_find(set, name, any_case, NULL) != TEXT_NOT_FOUND;
}
