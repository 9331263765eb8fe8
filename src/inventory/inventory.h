/* What a configuration says of files: which belong together and under which roles, who reads them, which are left out.
 * In: paths and a configuration. Out: files under their roles, and which belong together. */
#pragma once

#include "inventory/version.h"

/* Files that belong together, by name; a file of a group is compared with no other. */
struct file_group {
	struct text name;
	struct version_list versions;  /* that its files are judged for */
	struct LIST_OF(struct declared_file *) files;
};

/* A file under one role of one group. */
struct declared_file {
	const struct file_group *group;
	struct text path;              /* as it is opened and shown */
	struct text pack;              /* whose role it is; empty: that of each pack that has a role of this name */
	struct text role;
	struct declared_file *next;    /* the same file under another role or in another group */
};

/* Who reads the files that a glob matches, instead of what the pack says. */
struct reader_choice {
	struct text glob;
	uint32_t line;                 /* where it stands in the configuration */
	const struct reader *readers[ROLE_MOST_READERS];
	size_t count;
};

/* Rules that find nothing in the files that a glob matches. */
struct ignored_rules {
	struct text glob;
	struct text_list rules;        /* globs of PACK/RULE */
};

/* Zero-initialised it says nothing. */
struct inventory {
	struct text here;              /* the working directory */
	struct text folder;            /* that globs are relative to, absolute, without a "/" at its end */
	struct text confines;          /* it says nothing of files outside of this folder; empty: of any */
	struct LIST_OF(struct file_group *) groups;
	struct LIST_OF(struct reader_choice) choices;
	struct LIST_OF(struct ignored_rules) ignored;
	struct text_list layers;       /* instead of what roles say; see role.h */
	struct text_list exclude;      /* globs; one without "/" is about names */
	struct map files;              /* absolute path, or device and inode -> its first struct declared_file */
};

/* Nobody's file is in more groups, and each costs a round of judging. */
enum { INVENTORY_MOST_DECLARATIONS = 64 };

/* A key that no absolute path is, the same by whatever path a file was opened; empty for what is no file. */
struct text inventory_identity(struct arena *arena, const struct stat *status);

/* Adds a file to a group, unless it is there in this role already; false when it is in too many. */
bool inventory_add(struct arena *arena, struct inventory *inventory, struct file_group *group,
                   struct declared_file declared);

/* The first declaration of a file, or NULL. `status` may be NULL; a file is then known by its path alone. */
struct declared_file *inventory_find(struct arena *arena, const struct inventory *inventory, struct text path,
                                     const struct stat *status);

/* Whether what it says is about files of that path. */
bool inventory_covers(struct arena *arena, const struct inventory *inventory, struct text path);

/* Whether a file or folder that was found in a folder is left out. */
bool inventory_excludes(struct arena *arena, const struct inventory *inventory, struct text path);

/* Whether a rule is to find nothing in a file. */
bool inventory_ignores(struct arena *arena, const struct inventory *inventory, struct text path, struct text rule);

/* A path as globs see it: relative to the configuration's folder where it lies below that. */
struct text inventory_seen(struct arena *arena, const struct inventory *inventory, struct text path);

/* Whether a glob of the configuration is about a file. */
bool inventory_matches(struct arena *arena, const struct inventory *inventory, struct text path, struct text glob);

/* The first choice that is about a file, or NULL. */
const struct reader_choice *inventory_choice(struct arena *arena, const struct inventory *inventory, struct text path);
