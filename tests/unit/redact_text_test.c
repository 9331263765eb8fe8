/* Words of others with secrets in them, however they are encoded, and what is left of them. */
#include "redact/redact.h"
#include "test.h"

static const struct {
	const char *words, *left; /* `left` with M for each mask */
} cases[] = {
	{"", ""},
	{"none of it", "none of it"},
	{"a&\"b", "M"},
	{"xa&\"by a&\"b", "xMy M"},
	{"a%26%22b a%26\"b", "M M"},
	{"a&amp;&quot;b a&#38;&#x22;b", "M M"},
	{"a&\\\"b a\\u0026\\u0022b", "M M"},
	{"%61%26%22%62", "M"},
	{"a&amp;&quot;", "a&amp;&quot;"},
	{"a%2", "a%2"},
	{"a&", "a&"},
	{"a\\", "a\\"},
	{"YSYiYg== and bWU6YSYiYg==", "M== and M=="},
};

static struct text without_masks(struct arena *arena, struct text text)
{
	struct text out = TEXT("");
	while (text.length) {
		bool mask = text_starts_with(text, TEXT("<secret:"));
		out = text_join(arena, out, mask ? TEXT("M") : text_slice(text, 0, 1));
		text = text_from(text, mask ? sizeof("<secret:0000>") - 1 : 1);
	}
	return out;
}

int main(void)
{
	struct arena arena = {0};
	struct redaction redaction = {.arena = &arena, .inside_words = true};
	redact_learn(&redaction, TEXT("a&\"b"));
	redact_learn(&redaction, TEXT("bWU6YSYiYg"));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		test_text(cases[i].words, without_masks(&arena, redact_text(&arena, &redaction, text_of(cases[i].words), false)),
		          text_of(cases[i].left));
	arena_release(&arena);
	return test_end();
}
