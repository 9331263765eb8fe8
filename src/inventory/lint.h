/* A run: its options, its files under the roles that they have, and what is found in them. */
#pragma once

#include "inventory/inventory.h"
#include "rule/choice.h"

struct lint_options {
	struct pack_list packs;
	struct rule_choice_list choices; /* which of their rules are judged by, and how severely */
	struct rule_choice_list elsewhere; /* the same for files of which the configuration says nothing; empty: there are none */
	struct setting_keys_list setting_keys; /* of the settings that the configuration names keys of */
	struct named_keys_list named_keys;     /* the same keys by roles: which may be shown */
	struct version_list versions;   /* that files outside of groups are judged for */
	struct inventory inventory;     /* what the configuration says of files */
	bool tell_unused_suppressions;
	struct text_list folders;       /* that the user named, each with a "/" at its end: what is in them may be changed */
	enum language language;         /* of messages */
	struct text authority;          /* the role that is right when two files differ; empty: as the pack says */
	bool unsafe_fixes;              /* the run asks for unsafe fixes, too: a finding gets the first that it may apply */
	bool add_ignores;               /* comments that silence findings stand in for their fixes */
	bool in_memory;                 /* the inputs are all files there are: nothing is read from the disk */
};

struct file_list LIST_OF(struct file *);

struct lint {
	const struct lint_options *options;
	struct diagnostics *diagnostics;
	struct arena *arena;
	struct source_list sources;     /* inputs and what they include, each once */
	struct source_list included;    /* texts to take instead of files that are included; set by fixer/fixer.c */
	struct file_list files;         /* every source under every role it has */
	bool has_maps;                  /* some of them are services of maps of containers */
	size_t compared;                /* names, to find the nearest of some: a run has a bound */
	size_t setting_count;           /* of all packs, see struct pack */
	struct map folders;             /* absolute path -> struct folder; see inventory/peer.c */
	struct map candidates;          /* a role, a group and a pack -> struct candidates; see inventory/peer.c */
	struct deployed_index *deployed; /* see inventory/deployed.c; NULL until asked for */
	struct map containers;          /* a folder -> what puts programs into containers there; see reach/container.c */
	struct map scripts;             /* a folder -> what its scripts write; see reach/script.c */
	struct map layers;              /* a folder and a role -> the layers there; see reach/layer.c */
	struct map sharing;             /* what evaluate/sharing.c has sorted out */
	struct pattern_set patterns;      /* compiled by this run */
};

/* The first role of a path, declared or in any of the packs, or NULL: discovery takes nothing else from folders. */
const struct role *lint_role(struct arena *arena, const struct lint_options *options, struct text path);

/* The folder, the file's own or one of the two above, that holds a file which whole files of the role lie beside; with a "/" at
 * its end, if not empty. NULL bytes where there is none. */
struct text lint_whole_folder(const struct lint *lint, const struct role *role, const struct source *source);

/* The version of the target's program that a group's files are judged for (NULL: those outside of groups); NULL when none is
 * named. */
const struct version *lint_version(const struct lint_options *options, const struct file_group *group,
                                   const struct target *target);

/* Whether a pack is shown a file: one of a repository is shown the repository's own. */
bool lint_shows(struct lint *lint, const struct pack *pack, const struct source *source);

/* Reads the inputs as their roles' readers do. */
void lint_read(struct lint *lint, const struct source_list *inputs);

/* How the run reads a source: files that are included are sources of the run, too. */
struct reading lint_reading(struct lint *lint, struct source *source, const struct role *role);
