#include "base/glob_set.h"

#include "base/ending.h"

/* Of a glob that ends in a wildcard, what it matches may end in anything, as short texts do; it may hold a slash besides. */
enum { ANY_END = ENDING_SHORT, END = 63, SLASH = 64 };

static bool is_wildcard(char byte) { return byte == '*' || byte == '?'; }

static unsigned end_of_glob(struct text glob) {
	bool any = glob.length < 2 || is_wildcard(glob.bytes[glob.length - 1]) || is_wildcard(glob.bytes[glob.length - 2]);
	return any ? ANY_END : ending_of(glob);
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
	unsigned end = ending_of(name);
	if (!(set->all_ends & ((uint64_t)1 << end | (uint64_t)1 << ANY_END))) return TEXT_NOT_FOUND;
	for (; from < set->globs.count; from++) {
		unsigned wanted = (unsigned char)set->ends.bytes[from] & END;
		if (wanted == end || wanted == ANY_END)
			return from;
	}
	return TEXT_NOT_FOUND;
}

uint64_t glob_set_endings(const struct glob_set *set) {
	return set->all_ends & (uint64_t)1 << ANY_END ? ENDING_ALL : set->all_ends;
}

bool glob_set_is_path(const struct glob_set *set, size_t place) { return set->ends.bytes[place] & SLASH; }

size_t glob_set_find(const struct glob_set *set, struct text name, bool any_case, struct text *star) {
	size_t place = glob_set_candidate(set, name, 0);
	while (place != TEXT_NOT_FOUND &&
	       !(any_case ? text_matches_glob_any_case : text_matches_glob)(name, set->globs.items[place], star))
		place = glob_set_candidate(set, name, place + 1);
	return place;
}
