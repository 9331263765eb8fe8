/* JSON that an editor has sent, as json-c reads it. What is not there, or of another kind, is NULL, empty or 0: no caller need
 * ask first. */
#pragma once

#include "base/text.h"

struct json_object;

/* NULL when the text is no JSON of an object or a list. To be given back with tree_release(). */
struct json_object *tree_read(struct text text);
void tree_release(struct json_object *tree);

/* The member under "a", then that under "b" of it: tree_get(tree, "a", "b"). */
const struct json_object *tree_find(const struct json_object *tree, const char *const *names);
#define tree_get(tree, ...) tree_find((tree), (const char *const[]){__VA_ARGS__, NULL})

bool tree_is_object(const struct json_object *tree);
bool tree_is_list(const struct json_object *tree);
bool tree_is_text(const struct json_object *tree);
bool tree_is_number(const struct json_object *tree); /* a whole one */

struct text tree_text(const struct json_object *tree);
int64_t tree_number(const struct json_object *tree, int64_t otherwise);
bool tree_truth(const struct json_object *tree);
size_t tree_count(const struct json_object *tree);  /* elements of a list */
const struct json_object *tree_item(const struct json_object *tree, size_t place);

/* Whether a list has that text. */
bool tree_has(const struct json_object *tree, const char *text);

/* As JSON. */
struct text tree_spell(struct arena *arena, const struct json_object *tree);
