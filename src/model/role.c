#include "model/role.h"

#include "base/path.h"
#include "redact/redact.h"

static bool path_matches(struct text path, struct text name, const struct glob_set *globs, size_t place) {
	char first = globs->globs.items[place].length ? globs->globs.items[place].bytes[0] : 0;
	if (!glob_set_is_path(globs, place))
		return glob_set_has_at(globs, place, name, false, NULL);
	/* Most globs are about other folders: their first byte says so. */
	for (size_t slash = 0; slash != TEXT_NOT_FOUND;) {
		bool may = path.length && (first == path.bytes[0] || first == '*' || first == '?');
		if (may && glob_set_has_at(globs, place, path, false, NULL)) return true;
		slash = text_find_byte(path, '/');
		path = text_from(path, slash == TEXT_NOT_FOUND ? slash : slash + 1);
	}
	return false;
}

/* The place of the first glob that the path matches, or TEXT_NOT_FOUND. */
static size_t first_match(const struct glob_set *globs, struct text path) {
	size_t place = glob_set_candidate(globs, path, 0);
	if (place == TEXT_NOT_FOUND) return place;
	struct text name = path_name(path);
	while (place != TEXT_NOT_FOUND && !path_matches(path, name, globs, place))
		place = glob_set_candidate(globs, path, place + 1);
	return place;
}

bool role_has_file(const struct role *role, struct text path, bool *example, size_t *rank) {
	*rank = first_match(&role->files, path);
	if (*rank == TEXT_NOT_FOUND || first_match(&role->except, path) != TEXT_NOT_FOUND) return false;
	*example = role_has_example(role, path);
	return true;
}

bool role_has_example(const struct role *role, struct text path) { return first_match(&role->examples, path) != TEXT_NOT_FOUND; }

bool role_has_part(const struct role *role, struct text path) { return first_match(&role->parts, path) != TEXT_NOT_FOUND; }

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
