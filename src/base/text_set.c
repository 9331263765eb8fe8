#include "base/text_set.h"

#include <stdlib.h>
#include <string.h>

/* Few texts are sooner compared than looked up. */
enum { FEW = 24, USUAL_LENGTH = 128, KINDS = 63 };

/* Shorter ones first: most texts differ in length. */
static int compare(struct text a, struct text b) {
	if (a.length != b.length)
		return a.length < b.length ? -1 : 1;
	return a.length ? memcmp(a.bytes, b.bytes, a.length) : 0;
}

static int compare_places(const void *a, const void *b, void *texts) {
	const struct text *items = texts;
	return compare(items[*(const uint32_t *)a], items[*(const uint32_t *)b]);
}

static bool is_among_sorted(const struct text_set *set, struct text text) {
	size_t start = 0, end = set->sorted.count;
	while (start < end) {
		size_t middle = start + (end - start) / 2;
		int order = compare(text, set->texts.items[set->sorted.items[middle]]);
		if (!order) return true;
		if (order < 0)
			end = middle;
		else
			start = middle + 1;
	}
	return false;
}

bool text_set_has(const struct text_set *set, struct text text) {
	return set->sorted.count ? is_among_sorted(set, text) : text_list_has(&set->texts, text);
}

/* --- globs --- */

/* A bit for each byte, as 64 kinds: both cases of a letter are one. */
static uint64_t bit_of(char byte) { return (uint64_t)1 << (((unsigned char)byte & 31) | (~(unsigned char)byte & 64) >> 1); }

/* The last kind counts nowhere: packs are printed as numbers with a sign. */
static uint64_t bytes_in(struct text text) {
	uint64_t bytes = 0;
	for (size_t i = 0; i < text.length; i++)
		bytes |= bit_of(text.bytes[i]);
	return bytes & INT64_MAX;
}

/* The bytes that a glob can't do without. One of wildcards alone is sought in every text: each has the bit of `*`. */
static uint64_t needed_by(struct text glob) {
	uint64_t bytes = 0;
	for (size_t i = 0; i < glob.length; i++)
		bytes |= glob.bytes[i] == '*' || glob.bytes[i] == '?' ? 0 : bit_of(glob.bytes[i]);
	bytes &= INT64_MAX;
	return bytes ? bytes : bit_of('*');
}

/* Bytes that more and more texts have; those that are none of them, fewer. */
static const char *const common[] = {"qzjx", "vkw", "bygfh", "mpudcl", "0123456789", "eatinorsl-_."};

enum { COMMON = sizeof(common) / sizeof(common[0]) };

/* The place of one of the bits: of that which the fewest texts have. */
static unsigned most_seldom(uint64_t bits, const uint64_t of_common[COMMON]) {
	uint64_t rest = bits;
	for (size_t i = 0; i < COMMON; i++)
		rest &= ~of_common[i];
	for (size_t i = 0; i < COMMON && !rest; i++)
		rest = bits & of_common[i];
	return (unsigned)__builtin_ctzll(rest);
}

static void sort_globs(struct arena *arena, struct text_set *set) {
	size_t count = set->texts.count, kinds = 0;
	uint64_t *needs = arena_array(arena, uint64_t, count);
	uint32_t *globs = arena_array(arena, uint32_t, count), *ends = arena_array(arena, uint32_t, KINDS), next[KINDS] = {0};
	uint64_t of_common[COMMON];
	for (size_t i = 0; i < COMMON; i++)
		of_common[i] = bytes_in(text_of(common[i]));
	for (size_t i = 0; i < count; i++)
		next[most_seldom(needed_by(set->texts.items[i]), of_common)]++;
	for (uint32_t kind = 0, placed = 0; kind < KINDS; kind++) {
		if (!next[kind]) continue;
		set->seldom |= (uint64_t)1 << kind;
		ends[kinds++] = placed + next[kind];
		next[kind] = placed;
		placed = ends[kinds - 1];
	}
	for (size_t i = 0; i < count; i++) {
		uint64_t needed = needed_by(set->texts.items[i]);
		uint32_t place = next[most_seldom(needed, of_common)]++;
		globs[place] = (uint32_t)i;
		needs[place] = needed;
	}
	set->ends.items = ends;
	set->ends.count = kinds;
	set->globs.items = globs;
	set->needs.items = needs;
	set->globs.count = set->needs.count = count;
}

const struct text_set *text_set_make(struct arena *arena, const struct text_list *texts) {
	struct text_set *set = arena_new(arena, struct text_set);
	set->texts = *texts;
	sort_globs(arena, set);
	if (texts->count <= FEW)
		return set;
	uint32_t *sorted = arena_array(arena, uint32_t, texts->count);
	for (size_t i = 0; i < texts->count; i++)
		sorted[i] = (uint32_t)i;
	qsort_r(sorted, texts->count, sizeof(*sorted), compare_places, texts->items);
	set->sorted.items = sorted;
	set->sorted.count = texts->count;
	return set;
}

/* Most texts end otherwise than a glob, whatever their case. */
static bool may_end(struct text glob, struct text text) {
	char last = glob.length ? glob.bytes[glob.length - 1] : '*';
	return last == '*' || last == '?' || (text.length && bit_of(last) == bit_of(text.bytes[text.length - 1]));
}

static bool matches(struct arena *arena, struct text glob, struct text text) {
	char room[USUAL_LENGTH];
	return text_matches_glob(text, glob, NULL) || text_matches_glob(text_lower_into(arena, room, sizeof(room), text), glob, NULL);
}

bool text_set_matches(struct arena *arena, const struct text_set *set, struct text text) {
	uint64_t there = bytes_in(text) | bit_of('*');
	for (uint64_t left = set->seldom & there; left; left &= left - 1) {
		size_t kind = (size_t)__builtin_popcountll(set->seldom & ((left & (~left + 1)) - 1));
		for (size_t i = kind ? set->ends.items[kind - 1] : 0; i < set->ends.items[kind]; i++) {
			struct text glob = set->texts.items[set->globs.items[i]];
			if (!(set->needs.items[i] & ~there) && may_end(glob, text) && matches(arena, glob, text)) return true;
		}
	}
	return false;
}

/* --- the nearest --- */

/* The fewer letters, the fewer of them may differ: `a` is not a misspelt `b`. */
static size_t farthest(size_t length) { return length <= 3 ? 1 : length <= 6 ? 2 : 3; }

bool text_list_nearest(struct arena *arena, const struct text_list *texts, struct text text, struct text *hit) {
	size_t best = farthest(text.length);
	char room[USUAL_LENGTH], other_room[USUAL_LENGTH];
	struct text lower = text_lower_into(arena, room, sizeof(room), text);
	bool found = false, whole = text_has_byte(text, '/');
	for (size_t i = 0; i < texts->count; i++) {
		struct text other = texts->items[i];
		/* A name whose "PACK/" is forgotten is near to the whole one. */
		if (!whole)
			other = text_from(other, text_find_last_byte(other, '/') + 1);
		size_t length = other.length;
		if ((length > lower.length ? length - lower.length : lower.length - length) > best) continue;
		size_t distance = text_distance(lower, text_lower_into(arena, other_room, sizeof(other_room), other), best);
		if (distance > best || (found && distance == best)) continue;
		found = true;
		best = distance;
		*hit = texts->items[i];
	}
	return found;
}
