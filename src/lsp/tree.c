#include "lsp/tree.h"

#include <json-c/json.h>
#include <limits.h>

enum { DEEPEST = 128 };

/* json-c's functions take no constants, although these change nothing. */
static struct json_object *bare(const struct json_object *tree) {
	union {
		const struct json_object *constant;
		struct json_object *bare;
	} both = {tree};
	return both.bare;
}

struct json_object *tree_read(struct text text) {
	struct json_tokener *tokener = text.length && text.length < INT_MAX ? json_tokener_new_ex(DEEPEST) : NULL;
	if (!tokener) return NULL;
	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
	struct json_object *tree = json_tokener_parse_ex(tokener, text.bytes, (int)text.length);
	json_tokener_free(tokener);
	if (tree && !tree_is_object(tree) && !tree_is_list(tree)) {
		tree_release(tree);
		tree = NULL;
	}
	return tree;
}

void tree_release(struct json_object *tree) { json_object_put(tree); }

const struct json_object *tree_find(const struct json_object *tree, const char *const *names) {
	struct json_object *found = bare(tree);
	for (; *names && found; names++)
		if (!tree_is_object(found) || !json_object_object_get_ex(found, *names, &found))
			return NULL;
	return found;
}

bool tree_is_object(const struct json_object *tree) { return json_object_is_type(tree, json_type_object); }
bool tree_is_list(const struct json_object *tree) { return json_object_is_type(tree, json_type_array); }
bool tree_is_text(const struct json_object *tree) { return json_object_is_type(tree, json_type_string); }
bool tree_is_number(const struct json_object *tree) { return json_object_is_type(tree, json_type_int); }

struct text tree_text(const struct json_object *tree) {
	if (!tree_is_text(tree)) return TEXT("");
	return (struct text){json_object_get_string(bare(tree)), (size_t)json_object_get_string_len(tree)};
}

int64_t tree_number(const struct json_object *tree, int64_t otherwise) {
	return tree_is_number(tree) ? json_object_get_int64(tree) : otherwise;
}

bool tree_truth(const struct json_object *tree) {
	return json_object_is_type(tree, json_type_boolean) && json_object_get_boolean(tree);
}

size_t tree_count(const struct json_object *tree) { return tree_is_list(tree) ? json_object_array_length(tree) : 0; }

const struct json_object *tree_item(const struct json_object *tree, size_t place) {
	return place < tree_count(tree) ? json_object_array_get_idx(tree, place) : NULL;
}

bool tree_has(const struct json_object *tree, const char *text) {
	for (size_t i = 0; i < tree_count(tree); i++)
		if (text_is(tree_text(tree_item(tree, i)), text))
			return true;
	return false;
}

struct text tree_spell(struct arena *arena, const struct json_object *tree) {
	return text_copy(arena, text_of(json_object_to_json_string_ext(bare(tree), JSON_C_TO_STRING_PLAIN)));
}
