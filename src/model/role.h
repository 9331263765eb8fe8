/* A role: what a file is for, who reads it, and how that program looks a value up. Packs define roles. */
#pragma once

#include "base/glob_set.h"
#include "reader/reader.h"

enum { ROLE_MOST_READERS = 8 };

struct role {
	struct text name;
	const struct reader *readers[ROLE_MOST_READERS]; /* the first one's view is judged; values are written for all */
	size_t reader_count;
	struct glob_set files;        /* globs, the usual name first; with a "/" they match the end of the path, else the file's name */
	struct glob_set except;       /* files that the globs above match by mistake */
	struct glob_set examples;     /* files that are copied and filled in before use */
	const struct role *settings_of; /* each section of such a file is asked for the settings of that role, as a file of its
	                               * own; NULL: it is no such file */
	struct glob_set parts;        /* files that another one includes */
	struct text installed;        /* where its program reads it; empty: that is not known */
	struct text whole_section;    /* that no whole file lacks; empty: nothing tells a part from a whole file */
	struct text_list whole_beside; /* names of files beside which a file is no part */
	struct text_list layers;      /* files of one folder that are read one over the other, the last one's values win; what `*`
	                               * stands for is the environment that such a file is for */
	struct text_list overrides;   /* names of files, the first of which its program reads over a file of a name without wildcards
	                               * that lies beside it */
	bool aside;                   /* looked at for the sake of others alone: a folder that holds no other file holds nothing */
	bool secret;                  /* values may not be shown ... */
	struct glob_set secret_keys; /* ... of these keys (globs; names in any case); empty: of all ... */
	struct glob_set public_keys; /* ... but of these keys (globs) */
	bool only_first_section;      /* of sections of one name only the first counts; else they are one */
	bool any_case_sections;       /* section names differ in more than case */
	bool any_case_keys;
	struct glob_set first_counts; /* repeated keys of which the first value counts; of all others the last does */
	struct glob_set words;        /* values (globs, in any case) that are the program's own words: nobody fills them in */
	struct text account;          /* the user whose program reads such files, and whose word about them counts; empty: none */
	struct text handler;          /* what lets the program read a changed file again; empty: it does so by itself */
};

/* Keys that a run speaks of by name (globs), whatever the role says of them. */
struct named_keys {
	const struct role *role;
	struct glob_set hidden; /* in any case */
	struct glob_set shown;  /* but for those that are hidden, or whose name speaks of a secret */
};

struct named_keys_list LIST_OF(struct named_keys);

/* Whether a file of this path has the role. `*example` says whether it is an example file, `*rank` which of the role's
 * globs matches it first: of files that lie alike, an earlier glob's is meant. */
bool role_has_file(const struct role *role, struct text path, bool *example, size_t *rank);

/* Whether a file of this path, which has the role, is an example file. */
bool role_has_example(const struct role *role, struct text path);

/* Whether a file of the one role is asked for settings of the other. */
static inline bool role_holds(const struct role *role, const struct role *settings) {
	return role == settings || role->settings_of == settings;
}

/* Whether a file of this name is a part of another by its name. */
bool role_has_part(const struct role *role, struct text path);

/* Which of the layers' globs a file is by its name, and the environment that it is for (empty: any); false when it is none.
 * Of several globs the one counts whose `*` stands for the least. */
bool layer_of(const struct text_list *layers, struct text path, size_t *layer, struct text *environment);

/* Whether the value of this key may not be shown: the role says so, or the key speaks of a secret and is not public. */
bool role_hides(const struct role *role, struct text key);
