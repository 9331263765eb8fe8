/* Views of bytes: compare, cut, find. A text owns nothing, may hold any byte (NUL too) and is not NUL-terminated. */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct text {
	const char *bytes; /* NULL only when length is 0 */
	size_t length;
};

struct text_list {
	struct text *items;
	size_t count;
	size_t capacity;
};

/* A text from a string literal; TEXT_INIT is the same as an initialiser of static data. */
#define TEXT(literal) ((struct text){"" literal, sizeof(literal) - 1})
#define TEXT_INIT(literal) {"" literal, sizeof(literal) - 1}

/* For printf: `"%.*s", TEXT_ARGUMENTS(text)`. */
#define TEXT_ARGUMENTS(text) (int)(text).length, (text).length ? (text).bytes : ""

struct text text_of(const char *string);                                     /* strlen; NULL gives the empty text */
struct text text_slice(struct text text, size_t start, size_t end);          /* [start, end), both clamped */
struct text text_from(struct text text, size_t start);                       /* from start to the end */
struct text text_trim(struct text text, const char *strip);                  /* without the bytes of `strip` at both ends */
bool text_same_bytes(struct text a, struct text b);                          /* of one length */
bool text_same_letters(struct text a, struct text b);
bool text_spells(struct text text, const char *string);
bool text_is_one_of(struct text text, const char *const *strings);            /* the last of which is NULL */
int text_compare(struct text a, struct text b);                              /* as memcmp, a prefix sorts first */
bool text_starts_with(struct text text, struct text prefix);
bool text_ends_with(struct text text, struct text suffix);
uint64_t text_hash(struct text text);
uint64_t text_hash_ignoring_case(struct text text);                          /* equal for texts equal but for case */

/* Most texts that are compared differ in length: that is seen without a call. */
static inline bool text_equal(struct text a, struct text b) { return a.length == b.length && text_same_bytes(a, b); }

/* But for the case of ASCII letters. */
static inline bool text_equal_ignoring_case(struct text a, struct text b) {
	return a.length == b.length && text_same_letters(a, b);
}

/* Most comparisons are with the names of a table, and most differ in the first byte. */
static inline bool text_is(struct text text, const char *string) {
	return text.length ? text.bytes[0] == string[0] && text_spells(text, string) : !string[0];
}

/* A letter, digit or `_` of ASCII. */
static inline bool text_is_word_byte(char byte) {
	return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '_';
}

/* Offsets of the first hit, or TEXT_NOT_FOUND. */
#define TEXT_NOT_FOUND SIZE_MAX
size_t text_find_byte(struct text text, char byte);
size_t text_find(struct text text, struct text part);
size_t text_find_last_byte(struct text text, char byte);

static inline bool text_has_byte(struct text text, char byte) { return text_find_byte(text, byte) != TEXT_NOT_FOUND; }

/* Cuts `*rest` at the first `byte`: returns what is before it and leaves what is behind it; without a hit returns all
 * and leaves the empty text. */
struct text text_cut(struct text *rest, char byte);

/* Reads a whole decimal number with an optional sign; false when there is anything else or it does not fit. */
bool text_to_integer(struct text text, int64_t *number);

/* `*` matches any bytes, `?` one byte, all else itself. When it matches and `star` is not NULL, `*star` becomes the
 * bytes that the first `*` stood for (empty without one). */
bool text_matches_glob(struct text text, struct text pattern, struct text *star);

/* The same, whatever the case of ASCII letters. */
bool text_matches_glob_any_case(struct text text, struct text pattern, struct text *star);

/* Fewest insertions, deletions, replacements and swaps of neighbours that turn a into b; counts no further than
 * `limit` + 1. */
size_t text_distance(struct text a, struct text b, size_t limit);

/* Number of bytes of the UTF-8 character at `bytes`, or 0 where it is not valid UTF-8; length must be 1 or more. */
size_t text_utf8_length(const char *bytes, size_t length);
bool text_is_utf8(struct text text);

bool text_list_has(const struct text_list *texts, struct text text);
void text_list_sort(struct text_list *texts);                               /* as text_compare() */
void text_list_add_once(struct arena *arena, struct text_list *texts, struct text text);

/* Copies and formats into the arena. */
struct text text_copy(struct arena *arena, struct text text);
struct text text_join(struct arena *arena, struct text a, struct text b);
struct text text_lower(struct arena *arena, struct text text);               /* ASCII letters only */

/* The same, in `room` where its `size` bytes are enough: then the arena may be NULL. */
struct text text_lower_into(struct arena *arena, char *room, size_t size, struct text text);
struct text text_of_number(struct arena *arena, uint32_t number);
char *text_string(struct arena *arena, struct text text);                    /* NUL-terminated copy */
struct text text_format(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct text text_format_list(struct arena *arena, const char *format, va_list arguments)
	__attribute__((format(printf, 2, 0)));
