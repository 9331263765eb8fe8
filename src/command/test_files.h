/* Paths in, packs and files of cases out, for `arilint test`. */
#pragma once

#include "yaml/node.h"

/* A file of cases, read and not yet loaded: its rule is in a pack. */
struct cases_tree {
	struct source *source;
	const struct node *tree;
};

struct tree_list LIST_OF(struct cases_tree);

struct test_files {
	struct text_list packs;   /* paths; last those with `use`, which may share what the others hold */
	struct text_list sharing; /* those, while files are sought */
	struct tree_list cases;
};

/* Tells packs and files of cases apart; of a folder it takes all files *.yaml below it but catalogues, in the order of
 * their paths, at most 16 folders deep. What can't be read becomes a diagnostic under `arilint/pack`. */
void test_files_find(struct diagnostics *diagnostics, const struct text_list *paths, struct test_files *files);
