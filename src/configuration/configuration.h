/* The configuration file: what a run goes by where the command line says nothing else.
 * In: .arilint.yaml. Out: groups, readers, exclusions and rules in force. */
#pragma once

#include "configuration/selection.h"

struct configuration {
	struct source *source;         /* NULL: there is none */
	const struct node *tree;       /* NULL when it is no YAML */
	struct text confines;          /* the repository that it may not leave, absolute; empty: it is the user's own word */
	struct text folder;            /* what its paths are relative to: empty, or with a "/" at its end */
	struct text_list packs;        /* paths, ready to be opened */
	const struct node *groups;     /* NULL: none; so is the next */
	const struct node *settings;
	struct version_list versions;
	struct text authority;         /* empty: as the packs say; so are the next two */
	struct text language;
	struct text fail_on;
	struct level_list levels;
	struct inventory inventory;
};

/* Where a configuration is. */
struct configuration_place {
	struct text path;              /* empty: there is none */
	struct text confines;          /* see struct configuration */
};

/* Looks for `.arilint.yaml` in the working directory and above, up to the first folder with a `.git`; without one only in
 * the working directory. Folders above in which others could have put it are not looked into. Then for
 * ~/.config/arilint/arilint.yaml, unless we are root, and /etc/arilint/arilint.yaml. False with a reason when others may change
 * the file: whoever writes it names the files that --fix changes. */
bool configuration_find(struct arena *arena, struct configuration_place *place, struct text *fault);

/* Reads a configuration file. Faults go to the diagnostics under `arilint/configuration`. */
void configuration_read(struct diagnostics *diagnostics, struct configuration_place place,
                        struct configuration *configuration);

/* Resolves the names of roles, programs and rules by the packs of the options, and puts groups, readers, versions and
 * the rules' severities in force there; versions and authority that the options have already come first. Faults as
 * above. */
void configuration_resolve(struct diagnostics *diagnostics, struct configuration *configuration,
                           struct lint_options *options);
