#include "base/glob_set.h"

#include "base/ending.h"

/* Of a glob that ends in a wildcard, what it matches may end in anything, as short texts do. */
enum { ANY_END = ENDING_SHORT };

/* What a glob is made of. */
enum { WILDCARD = 1, ONLY_SUFFIX = 2 /* `*` and a plain text */, SLASH = 4 };

static bool is_wildcard(char byte) { return byte == '*' || byte == '?'; }

static bool is_plain(struct text glob) { return !text_has_byte(glob, '*') && !text_has_byte(glob, '?'); }

static unsigned end_of_glob(struct text glob) {
	bool any = glob.length < 2 || is_wildcard(glob.bytes[glob.length - 1]) || is_wildcard(glob.bytes[glob.length - 2]);
	return any ? ANY_END : ending_of(glob);
}

static unsigned make_of(struct text glob) {
	bool suffix = glob.length && glob.bytes[0] == '*' && is_plain(text_from(glob, 1));
	return (is_plain(glob) ? 0 : WILDCARD) | (suffix ? ONLY_SUFFIX : 0) | (text_has_byte(glob, '/') ? SLASH : 0);
}

void glob_set_add(struct arena *arena, struct glob_set *set, struct text glob) {
	unsigned end = end_of_glob(glob), make = make_of(glob);
	char end_byte = (char)end, make_byte = (char)make;
	*list_add(arena, &set->globs) = glob;
	set->ends = text_join(arena, set->ends, (struct text){&end_byte, 1});
	set->makes = text_join(arena, set->makes, (struct text){&make_byte, 1});
	set->all_ends |= (uint64_t)1 << end;
	set->has_wildcards = set->has_wildcards || make & WILDCARD;
}

size_t glob_set_candidate(const struct glob_set *set, struct text name, size_t from) {
	unsigned end = ending_of(name);
	if (!(set->all_ends & ((uint64_t)1 << end | (uint64_t)1 << ANY_END))) return TEXT_NOT_FOUND;
	const char *ends = set->ends.bytes;
	for (; from < set->globs.count; from++)
		if ((unsigned char)ends[from] == end || ends[from] == ANY_END)
			return from;
	return TEXT_NOT_FOUND;
}

uint64_t glob_set_endings(const struct glob_set *set) {
	return set->all_ends & (uint64_t)1 << ANY_END ? ENDING_ALL : set->all_ends;
}

bool glob_set_is_path(const struct glob_set *set, size_t place) { return set->makes.bytes[place] & SLASH; }

static bool are_equal(struct text a, struct text b, bool any_case) {
	return any_case ? text_equal_ignoring_case(a, b) : text_equal(a, b);
}

bool glob_set_has_at(const struct glob_set *set, size_t place, struct text name, bool any_case, struct text *star) {
	struct text glob = set->globs.items[place], none;
	unsigned make = (unsigned char)set->makes.bytes[place];
	size_t suffix = make & ONLY_SUFFIX ? glob.length - 1 : glob.length;
	star = star ? star : &none;
	if (make & WILDCARD && !(make & ONLY_SUFFIX))
		return (any_case ? text_matches_glob_any_case : text_matches_glob)(name, glob, star);
	if (name.length < suffix || (!(make & ONLY_SUFFIX) && name.length > suffix)) return false;
	*star = text_slice(name, 0, name.length - suffix);
	return are_equal(text_from(name, name.length - suffix), text_from(glob, glob.length - suffix), any_case);
}

size_t glob_set_find(const struct glob_set *set, struct text name, bool any_case, struct text *star) {
	size_t place = glob_set_candidate(set, name, 0);
	while (place != TEXT_NOT_FOUND && !glob_set_has_at(set, place, name, any_case, star))
		place = glob_set_candidate(set, name, place + 1);
	return place;
}
