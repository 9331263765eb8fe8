#include "base/glob_set.h"

/* Two bytes, whatever their case, come to less than this. */
enum { ANY_END = 63 };

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
	char end = (char)end_of_glob(glob);
	*list_add(arena, &set->globs) = glob;
	set->ends = text_join(arena, set->ends, (struct text){&end, 1});
	set->all_ends |= (uint64_t)1 << end;
	for (size_t i = 0; i < glob.length; i++)
		set->has_wildcards = set->has_wildcards || is_wildcard(glob.bytes[i]);
}

size_t glob_set_find(const struct glob_set *set, struct text name, bool any_case, struct text *star) {
	unsigned end = name.length < 2 ? ANY_END : end_of(name);
	if (!(set->all_ends & ((uint64_t)1 << end | (uint64_t)1 << ANY_END))) return TEXT_NOT_FOUND;
	for (size_t i = 0; i < set->globs.count; i++) {
		unsigned wanted = (unsigned char)set->ends.bytes[i];
		if ((wanted == end || wanted == ANY_END) &&
		    (any_case ? text_matches_glob_any_case : text_matches_glob)(name, set->globs.items[i], star))
			return i;
	}
	return TEXT_NOT_FOUND;
}
