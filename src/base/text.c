#include "base/text.h"

#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>

#include "base/list.h"

struct text text_of(const char *string) { return (struct text){string, string ? strlen(string) : 0}; }

struct text text_slice(struct text text, size_t start, size_t end) {
	if (end > text.length)
		end = text.length;
	if (start > end)
		start = end;
	return (struct text){text.bytes ? text.bytes + start : NULL, end - start};
}

struct text text_from(struct text text, size_t start) { return text_slice(text, start, text.length); }

/* Sets are short: a call would cost more. */
static bool byte_in(char byte, const char *set) {
	while (*set && *set != byte)
		set++;
	return *set;
}

struct text text_trim(struct text text, const char *strip) {
	size_t start = 0, end = text.length;
	while (start < end && byte_in(text.bytes[start], strip))
		start++;
	while (end > start && byte_in(text.bytes[end - 1], strip))
		end--;
	return text_slice(text, start, end);
}

bool text_same_bytes(struct text a, struct text b) {
	return !a.length || (a.bytes[0] == b.bytes[0] && !memcmp(a.bytes, b.bytes, a.length));
}

static char lower(char byte) { return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte; }

bool text_same_letters(struct text a, struct text b) {
	for (size_t i = 0; i < a.length; i++)
		if (a.bytes[i] != b.bytes[i] && lower(a.bytes[i]) != lower(b.bytes[i]))
			return false;
	return true;
}

bool text_spells(struct text text, const char *string) {
	for (size_t i = 0; i < text.length; i++)
		if (string[i] != text.bytes[i] || !string[i])
			return false;
	return !string[text.length];
}

bool text_is_one_of(struct text text, const char *const *strings) {
	while (*strings && !text_is(text, *strings))
		strings++;
	return *strings != NULL;
}

int text_compare(struct text a, struct text b) {
	size_t shorter = a.length < b.length ? a.length : b.length;
	int order = shorter ? memcmp(a.bytes, b.bytes, shorter) : 0;
	return order ? order : (a.length > b.length) - (a.length < b.length);
}

bool text_starts_with(struct text text, struct text prefix) {
	return text.length >= prefix.length && text_equal(text_slice(text, 0, prefix.length), prefix);
}

bool text_ends_with(struct text text, struct text suffix) {
	return text.length >= suffix.length && text_equal(text_from(text, text.length - suffix.length), suffix);
}

/* --- hashing --- */

__extension__ typedef unsigned __int128 uint128;

/* Both halves of a product: every bit of it depends on many bits of both. */
static uint64_t mix(uint64_t a, uint64_t b) {
	uint128 product = (uint128)a * b;
	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Another number in every process, so that nobody can write a file whose keys all collide: sixteen bytes that the kernel
 * has put behind the program's arguments. */
static uint64_t hash_start(void) {
	static uint64_t start;
	const void *random = start ? NULL : (const void *)getauxval(AT_RANDOM);
	if (random)
		memcpy(&start, random, sizeof(start));
	start |= 1;
	return start;
}

/* Eight bytes at a time. Letters lose their case by one bit that they all share; so do a few signs, which costs no more than
 * a comparison. */
static uint64_t hash(struct text text, bool any_case) {
	const uint64_t factor = 0x9e3779b97f4a7c15u, high = any_case ? 0x4040404040404040u : 0;
	uint64_t sum = hash_start() ^ text.length * factor;
	uint64_t bytes;
	size_t at = 0;
	for (; at + sizeof(bytes) <= text.length; at += sizeof(bytes)) {
		memcpy(&bytes, text.bytes + at, sizeof(bytes));
		sum = mix(sum ^ (bytes | (bytes & high) >> 1), factor);
	}
	bytes = 0;
	for (; at < text.length; at++)
		bytes = bytes << 8 | (unsigned char)text.bytes[at];
	return mix(sum ^ (bytes | (bytes & high) >> 1), factor);
}

uint64_t text_hash(struct text text) { return hash(text, false); }

uint64_t text_hash_ignoring_case(struct text text) { return hash(text, true); }

size_t text_find_byte(struct text text, char byte) {
	const char *hit = text.length ? memchr(text.bytes, byte, text.length) : NULL;
	return hit ? (size_t)(hit - text.bytes) : TEXT_NOT_FOUND;
}

size_t text_find(struct text text, struct text part) {
	if (!part.length)
		return 0;
	const char *hit = text.length ? memmem(text.bytes, text.length, part.bytes, part.length) : NULL;
	return hit ? (size_t)(hit - text.bytes) : TEXT_NOT_FOUND;
}

size_t text_find_last_byte(struct text text, char byte) {
	const char *hit = text.length ? memrchr(text.bytes, byte, text.length) : NULL;
	return hit ? (size_t)(hit - text.bytes) : TEXT_NOT_FOUND;
}

struct text text_cut(struct text *rest, char byte) {
	size_t hit = text_find_byte(*rest, byte);
	struct text before = text_slice(*rest, 0, hit);
	*rest = text_from(*rest, hit == TEXT_NOT_FOUND ? hit : hit + 1);
	return before;
}

bool text_to_integer(struct text text, int64_t *number) {
	bool negative = text.length && text.bytes[0] == '-';
	size_t i = text.length && (negative || text.bytes[0] == '+') ? 1 : 0;
	if (i == text.length) return false;
	int64_t sum = 0;
	for (; i < text.length; i++) {
		int digit = text.bytes[i] - '0';
		if (digit < 0 || digit > 9 || __builtin_mul_overflow(sum, 10, &sum) || __builtin_add_overflow(sum, digit, &sum))
			return false;
	}
	*number = negative ? -sum : sum;
	return true;
}

static bool is_meant(char pattern, char byte, bool any_case) {
	return pattern == '?' || pattern == byte || (any_case && lower(pattern) == lower(byte));
}

/* Most texts differ from a pattern in their first or last byte already. */
static bool ends_differ(struct text text, struct text pattern, bool any_case) {
	if (!text.length || !pattern.length) return false;
	char first = pattern.bytes[0], last = pattern.bytes[pattern.length - 1];
	return (first != '*' && !is_meant(first, text.bytes[0], any_case)) ||
	       (last != '*' && !is_meant(last, text.bytes[text.length - 1], any_case));
}

static bool matches_glob(struct text text, struct text pattern, bool any_case, struct text *star) {
	if (ends_differ(text, pattern, any_case)) return false;
	size_t at = 0, in = 0, star_at = TEXT_NOT_FOUND, star_in = 0;
	size_t first_from = TEXT_NOT_FOUND, first_to = 0, first_star = TEXT_NOT_FOUND;
	while (at < text.length) {
		if (in < pattern.length && pattern.bytes[in] == '*') {
			star_at = at;
			star_in = ++in;
			if (first_star == TEXT_NOT_FOUND || star_in == first_star) {
				first_star = star_in;
				first_from = first_to = at;
			}
		} else if (in < pattern.length && is_meant(pattern.bytes[in], text.bytes[at], any_case)) {
			at++;
			in++;
		} else if (star_at != TEXT_NOT_FOUND) {
			/* Only the newest star grows: an older one may stay as short as it could be. */
			in = star_in;
			at = ++star_at;
			if (star_in == first_star)
				first_to = star_at;
		} else {
			return false;
		}
	}
	while (in < pattern.length && pattern.bytes[in] == '*')
		in++;
	if (in != pattern.length) return false;
	if (star)
		*star = first_star == TEXT_NOT_FOUND ? text_slice(text, 0, 0) : text_slice(text, first_from, first_to);
	return true;
}

bool text_matches_glob(struct text text, struct text pattern, struct text *star) {
	return matches_glob(text, pattern, false, star);
}

bool text_matches_glob_any_case(struct text text, struct text pattern, struct text *star) {
	return matches_glob(text, pattern, true, star);
}

enum { LONGEST_COMPARED = 64 };

size_t text_distance(struct text a, struct text b, size_t limit) {
	size_t longer = a.length > b.length ? a.length : b.length;
	size_t shorter = a.length > b.length ? b.length : a.length;
	if (longer - shorter > limit || longer > LONGEST_COMPARED)
		return limit + 1;
	unsigned char rows[3][LONGEST_COMPARED + 1];
	for (size_t j = 0; j <= b.length; j++)
		rows[0][j] = (unsigned char)j;
	for (size_t i = 1; i <= a.length; i++) {
		unsigned char *row = rows[i % 3], *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
		row[0] = (unsigned char)i;
		for (size_t j = 1; j <= b.length; j++) {
			unsigned cost = above[j - 1] + (unsigned)(a.bytes[i - 1] != b.bytes[j - 1]);
			if (above[j] + 1u < cost)
				cost = above[j] + 1u;
			if (row[j - 1] + 1u < cost)
				cost = row[j - 1] + 1u;
			if (i > 1 && j > 1 && a.bytes[i - 1] == b.bytes[j - 2] && a.bytes[i - 2] == b.bytes[j - 1] &&
			    before[j - 2] + 1u < cost)
				cost = before[j - 2] + 1u;
			row[j] = (unsigned char)cost;
		}
	}
	size_t distance = rows[a.length % 3][b.length];
	return distance > limit ? limit + 1 : distance;
}

size_t text_utf8_length(const char *bytes, size_t length) {
	const unsigned char *b = (const unsigned char *)bytes;
	if (b[0] < 0x80)
		return 1;
	size_t wanted = b[0] < 0xc2 || b[0] > 0xf4 ? 0 : b[0] < 0xe0 ? 2 : b[0] < 0xf0 ? 3 : 4;
	if (wanted > length)
		return 0;
	for (size_t i = 1; i < wanted; i++)
		if ((b[i] & 0xc0) != 0x80)
			return 0;
	/* Longer than need be, half of a pair of UTF-16, or beyond U+10FFFF. */
	bool wrong = (b[0] == 0xe0 && b[1] < 0xa0) || (b[0] == 0xed && b[1] > 0x9f) || (b[0] == 0xf0 && b[1] < 0x90) ||
	             (b[0] == 0xf4 && b[1] > 0x8f);
	return wrong ? 0 : wanted;
}

bool text_is_utf8(struct text text) {
	uint64_t bytes = 0;
	size_t i = 0;
	for (; i + sizeof(bytes) <= text.length && !(bytes & 0x8080808080808080u); i += sizeof(bytes))
		memcpy(&bytes, text.bytes + i, sizeof(bytes));
	/* Where the last eight are not all ASCII, they are looked at one by one. */
	for (i = bytes & 0x8080808080808080u ? i - sizeof(bytes) : i; i < text.length;) {
		size_t step = text_utf8_length(text.bytes + i, text.length - i);
		if (!step) return false;
		i += step;
	}
	return true;
}

bool text_list_has(const struct text_list *texts, struct text text) {
	for (size_t i = 0; i < texts->count; i++)
		if (text_equal(texts->items[i], text))
			return true;
	return false;
}

static int compare_items(const void *a, const void *b) {
	return text_compare(*(const struct text *)a, *(const struct text *)b);
}

void text_list_sort(struct text_list *texts) { list_sort(texts, compare_items); }

void text_list_add_once(struct arena *arena, struct text_list *texts, struct text text) {
	if (!text_list_has(texts, text))
		*list_add(arena, texts) = text;
}

struct text text_copy(struct arena *arena, struct text text) {
	return (struct text){text_string(arena, text), text.length};
}

struct text text_join(struct arena *arena, struct text a, struct text b) {
	char *joined = arena_allocate(arena, a.length + b.length + 1);
	if (a.length)
		memcpy(joined, a.bytes, a.length);
	if (b.length)
		memcpy(joined + a.length, b.bytes, b.length);
	return (struct text){joined, a.length + b.length};
}

static struct text lower_to(char *to, struct text text) {
	for (size_t i = 0; i < text.length; i++)
		to[i] = lower(text.bytes[i]);
	return (struct text){to, text.length};
}

struct text text_lower(struct arena *arena, struct text text) {
	return lower_to(arena_allocate(arena, text.length + 1), text);
}

struct text text_lower_into(struct arena *arena, char *room, size_t size, struct text text) {
	return text.length <= size ? lower_to(room, text) : text_lower(arena, text);
}

char *text_string(struct arena *arena, struct text text) {
	char *copy = arena_allocate(arena, text.length + 1);
	if (text.length)
		memcpy(copy, text.bytes, text.length);
	return copy;
}

struct text text_of_number(struct arena *arena, uint32_t number) {
	char digits[10];
	size_t start = sizeof(digits);
	do
		digits[--start] = (char)('0' + number % 10);
	while (number /= 10);
	return text_copy(arena, (struct text){digits + start, sizeof(digits) - start});
}

struct text text_format_list(struct arena *arena, const char *format, va_list arguments) {
	va_list again;
	va_copy(again, arguments);
	int length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length < 0)
		return TEXT("");
	char *bytes = arena_allocate(arena, (size_t)length + 1);
	vsnprintf(bytes, (size_t)length + 1, format, arguments);
	return (struct text){bytes, (size_t)length};
}

struct text text_format(struct arena *arena, const char *format, ...) {
	va_list arguments;
	va_start(arguments, format);
	struct text text = text_format_list(arena, format, arguments);
	va_end(arguments);
	return text;
}
