/* What the files that read the configuration share. */
#pragma once

#include "configuration/configuration.h"
#include "rule/loader.h"

/* A loader for the configuration's faults. */
struct loader load_begin(struct diagnostics *diagnostics, const struct configuration *configuration);

/* A path, relative to the configuration's folder where it is not absolute, ready to be opened. */
bool load_path(struct loader *loader, const struct configuration *configuration, const struct node *node,
               struct text *path);

/* Keys of a map whose keys are the user's: a text that is not empty and not there twice. `seen` begins empty. */
bool load_key(struct loader *loader, struct map *seen, const struct node *key);

/* `targets: {asterisk: '22.10'}`, added to versions. */
void load_versions_of(struct loader *loader, const struct node *node, struct version_list *versions);

/* Groups need the packs' roles. */
void load_groups(struct loader *loader, struct configuration *configuration, const struct node *node,
                 const struct lint_options *options);

/* Further keys of settings need the packs' settings. */
void load_settings(struct loader *loader, const struct node *node, struct lint_options *options);

/* What a configuration, and a group of it, may hold. */
extern const struct shape shape_configuration, shape_group;
