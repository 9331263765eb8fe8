#include "redact/redact.h"

#include "base/siphash.h"
#include "test.h"

/* The first nine of the authors' own vectors: key 00 01 .. 0f, input 00 01 .. of that length. */
static const uint64_t siphash_vectors[] = {
	0x726fdb47dd0e0e31, 0x74f839c593dc67fd, 0x0d6c8009d9a94f5a, 0x85676696d7fb7e2d, 0xcf2794e0277187b7,
	0x18765564cd99a68d, 0xcbc9466e58fee3ce, 0xab0200f58b01d137, 0x93f5f5799a932462,
};

/* In `source`, each stretch between { and } is secret; ( and ) bound the span, and the offset asked for is at |. In
 * `shown`, # stands for a mask and | for the offset. */
struct hide_case {
	const char *source, *shown;
};

static const struct hide_case hide_cases[] = {
	{"(no| secret)", "no| secret"},
	{"(|)", "|"},
	{"(key=|{abc})", "key=|#"},
	{"(|{abc})", "|#"},
	{"({abc}|)", "#|"},
	{"(key={a|bc})", "key=|#"},
	{"(key={abc}| # x)", "key=#| # x"},
	{"(key={abc} # |x)", "key=# # |x"},
	{"(k|ey={abc} # x)", "k|ey=# # x"},
	{"key={a(b|c} x)", "|# x"},
	{"key={a(bc} |x)", "# |x"},
	{"(ke|y={a)bc} x", "ke|y=#"},
	{"(key={a|)bc} x", "key=|#"},
	{"key={a(b|)c} x", "|#"},
	{"key={a(|)bc} x", "|"},
	{"key=(|){abc} x", "|"},
	{"key={abc}(|) x", "|"},
	{"key={abc}( |x)", " |x"},
	{"(key|=){abc}", "key|="},
	{"({ab}:{c|d})", "#:|#"},
	{"({ab}|:{cd})", "#|:#"},
	{"({ab}{|cd})", "#|#"},
	{"({a}{b}{c}-|-)", "###-|-"},
	{"{a}{b(c}d{e}|f{g)h}", "#d#|f#"},
};

struct marked {
	char bytes[64];
	size_t length, start, end, offset;
	struct span secrets[8];
	size_t secret_count;
};

static struct marked read_marks(const char *source) {
	struct marked marked = {.length = 0};
	for (; *source; source++) {
		switch (*source) {
		case '(': marked.start = marked.length; break;
		case ')': marked.end = marked.length; break;
		case '|': marked.offset = marked.length; break;
		case '{': marked.secrets[marked.secret_count].start = (uint32_t)marked.length; break;
		case '}': marked.secrets[marked.secret_count++].end = (uint32_t)marked.length; break;
		default: marked.bytes[marked.length++] = *source;
		}
	}
	return marked;
}

/* Writes # for each mask and | at the offset. */
static struct text abbreviate(struct arena *arena, struct text hidden, size_t offset) {
	char *bytes = arena_allocate(arena, hidden.length + 2);
	size_t length = 0;
	for (size_t i = 0; i <= hidden.length; i++) {
		if (i == offset)
			bytes[length++] = '|';
		if (text_starts_with(text_from(hidden, i), TEXT("<secret:"))) {
			bytes[length++] = '#';
			i += sizeof("<secret:7c1e>") - 2; /* and one by the loop */
		} else if (i < hidden.length) {
			bytes[length++] = hidden.bytes[i];
		}
	}
	return (struct text){bytes, length};
}

static void test_hide(struct arena *arena) {
	for (size_t i = 0; i < sizeof(hide_cases) / sizeof(*hide_cases); i++) {
		struct marked marked = read_marks(hide_cases[i].source);
		struct source *source = source_from_text(arena, TEXT("x"), (struct text){marked.bytes, marked.length});
		for (size_t j = marked.secret_count; j; j--)
			redact_mark(arena, source, marked.secrets[j - 1]);
		redact_settle(source);
		struct span span = {(uint32_t)marked.start, (uint32_t)marked.end};
		size_t offset = marked.offset;
		struct text hidden = redact_show(arena, source, span, &offset);
		test_text(hide_cases[i].source, abbreviate(arena, hidden, offset), text_of(hide_cases[i].shown));
		test_text(hide_cases[i].source, redact_show(arena, source, span, NULL), hidden);
	}
}

struct settle_case {
	const char *name;
	struct span marks[4];
	size_t mark_count;
	struct span settled[4];
	size_t settled_count;
};

static const struct settle_case settle_cases[] = {
	{"none", {{0, 0}}, 0, {{0, 0}}, 0},
	{"empty", {{3, 3}, {5, 4}}, 2, {{0, 0}}, 0},
	{"past the end", {{8, 99}, {50, 60}}, 2, {{8, 10}}, 1},
	{"any order", {{6, 8}, {1, 2}, {3, 4}}, 3, {{1, 2}, {3, 4}, {6, 8}}, 3},
	{"the same twice", {{1, 4}, {1, 4}}, 2, {{1, 4}}, 1},
	{"one in another", {{1, 9}, {3, 4}, {5, 6}}, 3, {{1, 9}}, 1},
	{"overlapping", {{4, 8}, {1, 5}, {7, 9}}, 3, {{1, 9}}, 1},
	{"touching", {{4, 8}, {1, 4}}, 2, {{1, 4}, {4, 8}}, 2},
};

static void test_settle(struct arena *arena) {
	for (size_t i = 0; i < sizeof(settle_cases) / sizeof(*settle_cases); i++) {
		const struct settle_case *row = &settle_cases[i];
		struct source *source = source_from_text(arena, TEXT("x"), TEXT("0123456789"));
		for (size_t j = 0; j < row->mark_count; j++)
			redact_mark(arena, source, row->marks[j]);
		redact_settle(source);
		test_check(source->secrets.count == row->settled_count, row->name, "number of secrets");
		for (size_t j = 0; j < source->secrets.count && j < row->settled_count; j++) {
			struct span got = source->secrets.items[j], wanted = row->settled[j];
			test_check(got.start == wanted.start && got.end == wanted.end, row->name, "span of a secret");
		}
	}
}

struct cover_case {
	const char *name;
	struct span span, covered;
};

/* With secrets at 2-5 and 5-7. */
static const struct cover_case cover_cases[] = {
	{"outside", {0, 2}, {0, 2}},      {"exact", {2, 5}, {2, 5}},         {"start inside", {3, 5}, {2, 5}},
	{"end inside", {0, 3}, {0, 5}},   {"both inside", {3, 4}, {2, 5}},   {"across two", {3, 6}, {2, 7}},
	{"empty inside", {4, 4}, {2, 5}}, {"empty between", {5, 5}, {5, 5}}, {"past the end", {8, 99}, {8, 99}},
};

static void test_cover(struct arena *arena) {
	struct source *source = source_from_text(arena, TEXT("x"), TEXT("0123456789"));
	redact_mark(arena, source, (struct span){2, 5});
	redact_mark(arena, source, (struct span){5, 7});
	redact_settle(source);
	for (size_t i = 0; i < sizeof(cover_cases) / sizeof(*cover_cases); i++) {
		struct span got = redact_cover(source, cover_cases[i].span);
		test_check(got.start == cover_cases[i].covered.start && got.end == cover_cases[i].covered.end,
		           cover_cases[i].name, "covered span");
	}
}

static void test_mask(struct arena *arena) {
	struct text mask = redact_mask(arena, TEXT("hunter2"));
	test_check(mask.length == 13 && text_matches_glob(mask, TEXT("<secret:*>"), NULL), "mask", "shape");
	test_text("the same secret", redact_mask(arena, TEXT("hunter2")), mask);
	/* Two secrets share a mask once in 65536; that all of eight do has no chance. */
	size_t same = 0;
	for (char i = '0'; i < '8'; i++)
		same += text_equal(redact_mask(arena, (struct text){&i, 1}), mask);
	test_check(same < 8, "mask", "depends on the secret");
	char *large = arena_allocate(arena, 100000);
	struct text long_mask = redact_mask(arena, (struct text){large, 100000});
	test_text("the same long secret", redact_mask(arena, (struct text){large, 100000}), long_mask);
	same = 0;
	for (size_t i = 1; i <= 8; i++)
		same += text_equal(redact_mask(arena, (struct text){large, 100000 - i}), long_mask);
	test_check(same < 8, "mask", "depends on the length of a long secret");
}

static void test_siphash(void) {
	struct siphash_key key;
	char input[16];
	for (unsigned char i = 0; i < 16; i++) {
		key.bytes[i] = i;
		input[i] = (char)i;
	}
	for (size_t i = 0; i < sizeof(siphash_vectors) / sizeof(*siphash_vectors); i++)
		test_check(siphash(&key, (struct text){input, i}) == siphash_vectors[i], "siphash", "vector");
	test_check(siphash(&key, (struct text){input, 15}) == 0xa129ca6149be45e5, "siphash", "vector of the paper");
}

static void test_show_all(struct arena *arena) {
	struct source *source = source_from_text(arena, TEXT("x"), TEXT("key=abc"));
	redact_mark(arena, source, (struct span){4, 7});
	redact_settle(source);
	redact_show_all();
	size_t offset = 5;
	test_text("show all", redact_show(arena, source, (struct span){2, 7}, &offset), TEXT("y=abc"));
	test_check(offset == 3, "show all", "offset");
	test_text("show all", redact_mask(arena, TEXT("abc")), TEXT("abc"));
	test_check(redact_cover(source, (struct span){5, 6}).start == 5, "show all", "cover");
}

int main(void) {
	struct arena arena = {0};
	test_siphash();
	test_mask(&arena);
	test_settle(&arena);
	test_cover(&arena);
	test_hide(&arena);
	test_show_all(&arena); /* last: there is no way back */
	arena_release(&arena);
	return test_end();
}
