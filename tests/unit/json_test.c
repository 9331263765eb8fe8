/* JSON: what is read of a text, written again. */
#include "json/read.h"
#include "json/write.h"
#include "test.h"

struct json_case {
	struct text text;
	const char *again; /* NULL: it is no JSON */
};

static const struct json_case cases[] = {
	{TEXT_INIT(" {\"a\": 1, \"b\":[true,null,-2.5e3]}\r\n"), "{\"a\": <1>, \"b\": [<true>, <null>, <-2.5e3>]}"},
	{TEXT_INIT("[]"), "[]"},
	{TEXT_INIT("{\t\"a\":\t{}}"), "{\"a\": {}}"},
	{TEXT_INIT("[\"\\ud83d\\ude00\"]"), "[\"\xf0\x9f\x98\x80\"]"},
	{TEXT_INIT("[\"\\u00e9\\/\\n\\\"\"]"), "[\"\xc3\xa9/\\n\\\"\"]"},
	{TEXT_INIT("[\"a\x01\x7f\xff\xc2\x85\xe2\x80\xa8\"]"), "[\"a\\u0001\\u007f\xef\xbf\xbd\\u0085\\u2028\"]"},
	{TEXT_INIT("[\"\xe2\x80\xae\xf3\xa0\x80\x81o\xe2\x80\x98\"]"), "[\"\\u202e\\udb40\\udc01o\xe2\x80\x98\"]"},
	{TEXT_INIT("[\"\\x\"]"), NULL},
	{TEXT_INIT("[\"\\u12\"]"), NULL},
	{TEXT_INIT("[\"a]"), NULL},
	{TEXT_INIT("[1,]"), NULL},
	{TEXT_INIT("[1 2]"), NULL},
	{TEXT_INIT("{\"a\"}"), NULL},
	{TEXT_INIT("{a: 1}"), NULL},
	{TEXT_INIT("[1] 2"), NULL},
	{TEXT_INIT("{} {}"), NULL},
	{TEXT_INIT("[]\0"), NULL},
	{TEXT_INIT("\"text\""), NULL},
	{TEXT_INIT(""), NULL},
};

static void write_value(struct json *json, const struct json_value *value) {
	struct arena *arena = json->out->arena;
	bool object = value->kind == JSON_OBJECT;
	if (value->kind == JSON_TEXT)
		json_text(json, NULL, value->text);
	if (value->kind == JSON_WORD)
		json_text(json, NULL, text_format(arena, "<%.*s>", TEXT_ARGUMENTS(value->text)));
	if (value->kind == JSON_TEXT || value->kind == JSON_WORD) return;
	if (object)
		json_object(json, NULL);
	else
		json_list(json, NULL);
	for (size_t i = 0; i < value->count; i++) {
		if (object)
			json_key(json, value->items[2 * i].text);
		write_value(json, &value->items[object ? 2 * i + 1 : i]);
	}
	json_end(json);
}

static struct text written_again(struct arena *arena, const struct json_value *value) {
	struct buffer out = {.arena = arena};
	struct json json = {.out = &out};
	write_value(&json, value);
	return buffer_text(&out);
}

/* The quotes that the test puts around words do not matter. */
static struct text without_word_quotes(struct arena *arena, struct text text) {
	struct buffer out = {.arena = arena};
	for (size_t i = 0; i < text.length; i++) {
		bool opens = i + 1 < text.length && text.bytes[i] == '"' && text.bytes[i + 1] == '<';
		bool closes = i && text.bytes[i] == '"' && text.bytes[i - 1] == '>';
		if (!opens && !closes)
			buffer_add_byte(&out, text.bytes[i]);
	}
	return buffer_text(&out);
}

static void test_depth(struct arena *arena) {
	struct buffer deep = {.arena = arena};
	buffer_add_repeated(&deep, '[', 32);
	buffer_add_repeated(&deep, ']', 32);
	test_check(json_read(arena, buffer_text(&deep)), "32 levels", "they are not read");
	buffer_add_repeated(&deep, ']', 1);
	test_check(!json_read(arena, text_join(arena, TEXT("["), buffer_text(&deep))), "33 levels", "they are read");
}

static void test_members(struct arena *arena) {
	const struct json_value *value = json_read(arena, TEXT("{\"a\": \"x\", \"a\": 2, \"b\": [], \"c\": 7}"));
	test_text("the first of two", json_get_text(value, "a"), TEXT("x"));
	test_text("a word", json_get_text(value, "c"), TEXT("7"));
	test_text("a list is no text", json_get_text(value, "b"), TEXT(""));
	test_check(!json_get(value, "d") && !json_get(NULL, "a"), "no member", "there is one");
}

static void test_lines(struct arena *arena) {
	struct buffer out = {.arena = arena};
	struct json json = {.out = &out};
	json_object(&json, NULL);
	json_number(&json, "a", 1);
	json_line(&json);
	json_rows(&json, "b", 2);
	json_truth(&json, NULL, true);
	json_null(&json, NULL);
	json_end(&json);
	json_rows(&json, "c", 0);
	json_end(&json);
	json_text_if_any(&json, "d", TEXT(""));
	json_text_or_null(&json, "e", TEXT(""));
	json_end(&json);
	test_text("lines", buffer_text(&out), TEXT("{\"a\": 1,\n\"b\": [\n  true,\n  null],\n\"c\": [], \"e\": null}"));
}

int main(void) {
	struct arena arena = {0};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct json_case *c = &cases[i];
		const char *name = text_string(&arena, text_format(&arena, "case %zu", i + 1));
		const struct json_value *value = json_read(&arena, c->text);
		test_check(!value == !c->again, name, value ? "it is read" : "it is not read");
		if (value && c->again)
			test_text(name, without_word_quotes(&arena, written_again(&arena, value)), text_of(c->again));
	}
	test_depth(&arena);
	test_members(&arena);
	test_lines(&arena);
	arena_release(&arena);
	return test_end();
}
