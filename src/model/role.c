#include "model/role.h"

#include "base/path.h"
#include "redact/redact.h"

#define NONE SIZE_MAX

static bool differs(char glob, char byte) { return glob != byte && glob != '*' && glob != '?'; }

/* Most globs are about other files: their last byte says so, or their first. */
static bool path_matches(struct text path, struct text name, struct text glob) {
	if (!glob.length || !name.length || differs(glob.bytes[glob.length - 1], path.bytes[path.length - 1]))
		return false;
	if (!text_has_byte(glob, '/'))
		return !differs(glob.bytes[0], name.bytes[0]) && text_matches_glob(name, glob, NULL);
	for (size_t start = 0; start <= path.length; start++)
		if ((start == 0 || path.bytes[start - 1] == '/') && text_matches_glob(text_from(path, start), glob, NULL))
			return true;
	return false;
}

/* The first glob that the path matches, or NONE. */
static size_t first_match(const struct text_list *globs, struct text path) {
	struct text name = path_name(path);
	for (size_t i = 0; i < globs->count; i++)
		if (path_matches(path, name, globs->items[i]))
			return i;
	return NONE;
}

bool role_has_file(const struct role *role, struct text path, bool *example, size_t *rank) {
	*rank = first_match(&role->files, path);
	if (*rank == NONE || first_match(&role->except, path) != NONE) return false;
	*example = role_has_example(role, path);
	return true;
}

bool role_has_example(const struct role *role, struct text path) { return first_match(&role->examples, path) != NONE; }

bool role_has_part(const struct role *role, struct text path) { return first_match(&role->parts, path) != NONE; }

bool layer_of(const struct text_list *layers, struct text path, size_t *layer, struct text *environment) {
	bool found = false;
	struct text star;
	for (size_t i = 0; i < layers->count; i++) {
		if (!text_matches_glob(path_name(path), layers->items[i], &star)) continue;
		if (found && star.length >= environment->length) continue;
		*layer = i;
		*environment = star;
		found = true;
	}
	return found;
}

bool role_hides(const struct role *role, struct text key) {
	bool listed = role->secret && (!role->secret_keys.globs.count || glob_set_matches(&role->secret_keys, key, true));
	return (listed || redact_ends_in_name(key)) && !glob_set_matches(&role->public_keys, key, true);
}
