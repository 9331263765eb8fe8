/* The keys of a section that a setting speaks of. */
#pragma once

#include "inventory/lint.h"

/* A value in force whose key one of the setting's globs matches. */
struct match {
	const struct section_group *group;
	const struct variable *variable;
	struct text account;  /* what the glob's `*` stood for: keys of one account belong together */
	size_t glob;          /* which glob; an earlier one is preferred */
};

struct match_list LIST_OF(struct match);

/* Of several matches the one that the earliest glob matches. */
struct chosen {
	const struct match *match;
	bool several;             /* that glob matches more than one */
};

/* The matches of a setting in one section of a file, and what is chosen of them. */
struct matches {
	const struct section_group *group;
	struct match_list list;   /* in the order of the section */
	struct chosen any;        /* whatever the account */
	struct map by_account;    /* account -> struct chosen; only of several matches */
	bool fallback;            /* of the setting's fallback_keys */
};

/* They are sought once for each file and section. */
const struct matches *matches_find(const struct lint *lint, const struct setting *setting, struct file *file,
                                   const struct section_group *group);

/* Whether any setting of the file's role that a rule of the run's packs compares with another role has a key in it, in whichever
 * section. Found out once. */
bool file_is_recognised(const struct lint *lint, struct file *file);
