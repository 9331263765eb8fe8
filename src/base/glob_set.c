#include "base/glob_set.h"

/* Two bytes, whatever their case, come to less than this; a glob may hold a slash besides. */
enum { ANY_END = 62, END = 63, SLASH = 64 };

static bool is_wildcard(char byte) { return byte == '*' || byte == '?'; }

/* Of the last two bytes, whatever their case; that others come to the same costs a look at the glob. */
static unsigned end_of(struct text text) {
	unsigned last = (unsigned char)text.bytes[text.length - 1] & 31u, before = (unsigned char)text.bytes[text.length - 2] & 31u;
	return (last * 5 + before * 2) % ANY_END;
}

static unsigned end_of_glob(struct text glob) {
	bool any = glob.length < 2 || is_wildcard(glob.bytes[glob.length - 1]) || is_wildcard(glob.bytes[glob.length - 2]);
	return any ? ANY_END : end_of(glob);
}

void glob_set_add(struct arena *arena, struct glob_set *set, struct text glob) {
	unsigned end = end_of_glob(glob);
	char byte = (char)(end | (text_has_byte(glob, '/') ? SLASH : 0));
	*list_add(arena, &set->globs) = glob;
	set->ends = text_join(arena, set->ends, (struct text){&byte, 1});
	set->all_ends |= (uint64_t)1 << end;
	for (size_t i = 0; i < glob.length; i++)
		set->has_wildcards = set->has_wildcards || is_wildcard(glob.bytes[i]);
}

size_t glob_set_candidate(const struct glob_set *set, struct text name, size_t from) {
	unsigned end = name.length < 2 ? ANY_END : end_of(name);
	if (!(set->all_ends & ((uint64_t)1 << end | (uint64_t)1 << ANY_END))) return TEXT_NOT_FOUND;
	for (; from < set->globs.count; from++) {
		unsigned wanted = (unsigned char)set->ends.bytes[from] & END;
		if (wanted == end || wanted == ANY_END)
			return from;
	}
	return TEXT_NOT_FOUND;
}

bool glob_set_is_path(const struct glob_set *set, size_t place) { return set->ends.bytes[place] & SLASH; }

size_t glob_set_find(const struct glob_set *set, struct text name, bool any_case, struct text *star) {
	size_t place = glob_set_candidate(set, name, 0);
	while (place != TEXT_NOT_FOUND &&
	       !(any_case ? text_matches_glob_any_case : text_matches_glob)(name, set->globs.items[place], star))
		place = glob_set_candidate(set, name, place + 1);
	return place;
}
