/* Texts: tables of input and expected result. */
#include "base/map.h"
#include "base/text_set.h"
#include "test.h"

struct glob_case {
	const char *text, *pattern;
	bool matches;
	const char *star;
};

static const struct glob_case globs[] = {
	{".env", ".env", true, ""},          {".env.local", ".env.*", true, "local"},
	{".environment", ".env", false, ""}, {"ASTERISK_ARI_USER", "*_ARI_USER", true, "ASTERISK"},
	{"AMBARI_USER", "*_ARI_USER", false, ""}, {"_ARI_USER", "*_ARI_USER", true, ""},
	{"a_ARI_b_ARI_USER", "*_ARI_USER", true, "a_ARI_b"}, {"abc", "a?c", true, ""},
	{"abc", "*", true, "abc"},           {"", "*", true, ""},
	{"", "", true, ""},                  {"a", "", false, ""},
	{"aXbYc", "a*b*c", true, "X"},       {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "*a*a*a*a*a*a*c", false, ""},
};

struct distance_case {
	const char *a, *b;
	size_t limit, distance;
};

static const struct distance_case distances[] = {
	{"backend", "backend", 3, 0}, {"bakend", "backend", 3, 1},   {"backedn", "backend", 3, 1},
	{"readonly", "read_only", 3, 1}, {"", "abc", 3, 3},          {"abc", "xyz", 3, 3},
	{"abcdef", "uvwxyz", 3, 4},   {"secret", "password", 3, 4},
};

struct integer_case {
	const char *text;
	bool ok;
	int64_t number;
};

static const struct integer_case integers[] = {
	{"0", true, 0}, {"8088", true, 8088}, {"-5", true, -5}, {"+7", true, 7}, {"", false, 0}, {"-", false, 0},
	{"80x", false, 0}, {" 80", false, 0}, {"9223372036854775807", true, INT64_MAX}, {"9223372036854775808", false, 0},
};

struct utf8_case {
	struct text text;
	bool ok;
};

static const struct utf8_case utf8[] = {
	{TEXT_INIT("o\xca\xbbzbek"), true}, {TEXT_INIT("\xd0\x9f"), true},      {TEXT_INIT("\xf0\x9f\x98\x80"), true},
	{TEXT_INIT("caf\xe9"), false},      {TEXT_INIT("\xc0\x80"), false},     {TEXT_INIT("\xed\xa0\x80"), false},
	{TEXT_INIT("\xf4\x90\x80\x80"), false}, {TEXT_INIT("\xe2\x82"), false}, {TEXT_INIT(""), true},
};

static void test_map(struct arena *arena) {
	struct map map = {0};
	size_t wrong = 0;
	for (size_t i = 0; i < 1000; i++)
		map_put(arena, &map, text_format(arena, "key %zu", i), arena_new(arena, int));
	for (size_t i = 0; i < 1000; i++)
		wrong += !map_get(&map, text_format(arena, "key %zu", i));
	test_check(wrong == 0, "a map keeps all of 1000 keys", "another result");
	test_check(!map_get(&map, TEXT("key 1000")), "a map has no key that was not put in", "another result");
	test_check(map_put(arena, &map, TEXT("key 1"), &map) != &map, "a second put keeps the first value", "another result");
}

static const char *const sought[] = {
	"", "a", "A", "password", "DB_PASSWORD", "Pa", "ari_url_2", "ARI_URL_2", "${X}", "__X__", "{{ x }}", "<it>", "?", "*", "_", "\x7f",
	"o\xca\xbbzbek", "\xd0\xbf\xd0\xb0\xd1\x80\xd0\xbe\xd0\xbb\xd1\x8c", "\xff", "\xdf", "\x1f", "\x9f", "\xbf", "a\nb", "J", "*x", "key", "9"};

static const char *const of_sets[] = {
	"*password*", "*_pass", "a", "A", "ari_url_?", "ARI_*", "*", "", "?", "??", "*?", "${*}", "__*__", "*{{*}}*", "<*>", "_", "\xbf", "\x9f*",
	"\x7f", "*\xd1\x8c", "\xff", "j", "*_key", "key", "9", "*o\xca\xbbz*"};

static bool one_matches(struct arena *arena, const struct text_list *list, struct text text) {
	struct text lower = text_lower(arena, text);
	for (size_t i = 0; i < list->count; i++)
		if (text_matches_glob(text, list->items[i], NULL) || text_matches_glob(lower, list->items[i], NULL))
			return true;
	return false;
}

/* A set of so many globs, from one of them on, finds what they find one by one. */
static void test_text_set(struct arena *arena, size_t from, size_t count) {
	struct text_list list = {0};
	for (size_t i = 0; i < count; i++)
		*list_add(arena, &list) = text_of(of_sets[(from + i) % (sizeof(of_sets) / sizeof(of_sets[0]))]);
	const struct text_set *set = text_set_make(arena, &list);
	for (size_t i = 0; i < sizeof(sought) / sizeof(sought[0]); i++) {
		struct text text = text_of(sought[i]);
		test_check(text_set_matches(arena, set, text) == one_matches(arena, &list, text), sought[i], "a set finds another thing");
	}
}

int main(void) {
	struct arena arena = {0};
	for (size_t i = 0; i < sizeof(globs) / sizeof(globs[0]); i++) {
		struct text star;
		bool matches = text_matches_glob(text_of(globs[i].text), text_of(globs[i].pattern), &star);
		test_check(matches == globs[i].matches, globs[i].pattern, "another result");
		test_check(!matches || text_is(star, globs[i].star), globs[i].text, "another result");
	}
	for (size_t i = 0; i < sizeof(distances) / sizeof(distances[0]); i++) {
		const struct distance_case *row = &distances[i];
		size_t distance = text_distance(text_of(row->a), text_of(row->b), row->limit);
		test_check(distance == row->distance, row->a, "another distance");
	}
	for (size_t i = 0; i < sizeof(integers) / sizeof(integers[0]); i++) {
		int64_t number = 0;
		bool ok = text_to_integer(text_of(integers[i].text), &number);
		bool same = ok == integers[i].ok && (!ok || number == integers[i].number);
		test_check(same, integers[i].text, "another number");
	}
	for (size_t i = 0; i < sizeof(utf8) / sizeof(utf8[0]); i++)
		for (size_t before = 0; before < 17; before++) {
			struct text text = text_join(&arena, text_slice(TEXT("aaaaaaaaaaaaaaaa"), 0, before), utf8[i].text);
			test_check(text_is_utf8(text) == utf8[i].ok, "UTF-8", "another result");
			test_check(text_is_utf8(text_join(&arena, text, TEXT("aaaaaaaaa"))) == utf8[i].ok, "UTF-8 before ASCII", "another result");
		}
	for (size_t from = 0; from < sizeof(of_sets) / sizeof(of_sets[0]); from++)
		for (size_t count = 0; count < 30; count += count < 3 ? 1 : 13)
			test_text_set(&arena, from, count);
	test_map(&arena);
	arena_release(&arena);
	return test_end();
}
