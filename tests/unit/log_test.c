/* What diagnose looks for in a line before it asks a pattern, and which hosts are one place: tables. */
#include "base/buffer.h"
#include "base/list.h"
#include "log/literal.h"
#include "log/place.h"
#include "log/scan.h"
#include "model/pattern.h"
#include "rule/load.h"
#include "rule/symptom.h"
#include "test.h"

struct literal_case {
	const char *expression, *literals; /* with `|` between them; empty: they can't be told */
};

static const struct literal_case literals[] = {
	{"ECONNREFUSED", "econnrefused"},
	{"response: 401|Handshake 401", "response: 401|handshake 401"},
	{"abc?de", ""},
	{"abcd?efg", "abc"},
	{"abcd*", "abc"},
	{"abc+d", "abc"},
	{"abc{0,2}", ""},
	{"abcd{0,2}", "abc"},
	{"abc{2}", "abc"},
	{"(?:one|two)three", "three"},
	{"(?:four|fives)x", "four|fives"},
	{"(?:four|fives)?x", ""},
	{"(?:four|fives)?xyz", "xyz"},
	{"(?|a(?<b>cde)|f(?<b>ghij))", "cde|ghij"},
	{"(?<name>[^']*)' not registered", "' not registered"},
	{"(?<!NOAUTH )required", "required"},
	{"(?=look)ahead", "ahead"},
	{"user\\.name\\d+more", "user.name"},
	{"[abc]xyz[]d]uvwxyz", "uvwxyz"},
	{"[^]]xyz", "xyz"},
	{"\\bword\\b", "word"},
	{"^start$", "start"},
	{"(?i:Mixed CASE)", "mixed case"},
	{"one|", ""},
	{"|one", ""},
	{"ab", ""},
	{"", ""},
	{"a.b.c", ""},
	{"\\Qabc\\E", ""},
	{"\\x41bcdef", ""},
	{"(abc)\\1def", ""},
	{"(?x) a b c", ""},
	{"(?#note)abc", ""},
	{"[[:digit:]]abc", ""},
	{"(*UTF)abc", ""},
	{"((((((((((((((((((abc))))))))))))))))))", ""},
};

static void test_literals(struct arena *arena) {
	for (size_t i = 0; i < sizeof(literals) / sizeof(literals[0]); i++) {
		struct text_list found = {0};
		struct buffer all = {.arena = arena};
		bool told = literals_find(arena, text_of(literals[i].expression), &found);
		for (size_t j = 0; j < found.count; j++) {
			buffer_add_string(&all, j ? "|" : "");
			buffer_add(&all, found.items[j]);
		}
		test_check(told == (found.count > 0), literals[i].expression, "told, and nothing found");
		test_text(literals[i].expression, buffer_text(&all), text_of(literals[i].literals));
	}
}

struct scan_case {
	const char *text, *owners;
};

static const char *const words[] = {"abcd", "bc", "bcx", "CDE", "401", "dead"};

static const struct scan_case scans[] = {
	{"abcd", "10"}, {"ABCD", "10"}, {"xbcx", "12"}, {"abcde", "103"}, {"abcdead", "1035"}, {"", ""}, {"a b c d", ""},
	{"4014 01401", "44"}, {"\xff\x01 abcbcx", "112"}, {"deadead", "55"},
};

static void note(void *context, uint32_t owner) { buffer_add_byte(context, (char)('0' + owner)); }

static void test_scan(struct arena *arena) {
	struct scan scan = {.arena = arena}, empty = {.arena = arena};
	for (uint32_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		scan_add(&scan, text_of(words[i]), i);
	scan_settle(&scan);
	scan_settle(&empty);
	for (size_t i = 0; i < sizeof(scans) / sizeof(scans[0]); i++) {
		struct buffer owners = {.arena = arena}, none = {.arena = arena};
		scan_text(&scan, text_of(scans[i].text), note, &owners);
		scan_text(&empty, text_of(scans[i].text), note, &none);
		test_text(scans[i].text, buffer_text(&owners), text_of(scans[i].owners));
		test_check(!none.length, scans[i].text, "found without words");
	}
}

struct place_case {
	const char *host, *place;
};

static const struct place_case places[] = {
	{"localhost", "localhost"}, {"LocalHost.", "localhost"}, {"127.0.0.1", "localhost"}, {"::1", "localhost"},
	{"[::1]", "localhost"}, {"0:0:0:0:0:0:0:1", "localhost"}, {"::ffff:127.0.0.1", "localhost"},
	{"127.0.0.2", "127.0.0.2"}, {"0.0.0.0", "0.0.0.0"}, {"PBX.Example", "pbx.example"},
	{"[2001:DB8::1]", "2001:db8::1"}, {"2001:db8:0:0::1", "2001:db8::1"}, {"fe80::1%eth0", "fe80::1"},
	{"::ffff:10.0.0.5", "10.0.0.5"}, {"not:an:address", "not:an:address"}, {"", ""},
};

static void test_places(struct arena *arena) {
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		test_text(places[i].host, place_of_host(arena, text_of(places[i].host)), text_of(places[i].place));
}

/* Of a pattern without such a word every line of every log would be asked. */
static void test_symptoms(struct arena *arena) {
	for (size_t i = 0; built_in_packs[i]; i++)
		for (size_t j = 0; j < built_in_packs[i]->symptoms.count; j++) {
			const struct symptom *symptom = &built_in_packs[i]->symptoms.items[j];
			struct text_list found = {0};
			test_check(literals_find(arena, symptom->pattern, &found), text_string(arena, symptom->id),
			           "no word is known that its lines hold");
		}
}

int main(void) {
	struct arena arena = {0};
	test_literals(&arena);
	test_scan(&arena);
	test_places(&arena);
	test_symptoms(&arena);
	arena_release(&arena);
	return test_end();
}
