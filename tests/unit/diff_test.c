#include "report/diff.h"

#include "test.h"

struct diff_case {
	const char *name, *path, *before, *after, *diff;
};

#define HEADER "--- a/f\n+++ b/f\n"
#define NO_END "\\ No newline at end of file\n"

static const struct diff_case cases[] = {
	{"equal", "f", "a\n", "a\n", ""},
	{"empty to one line", "f", "", "a\n", HEADER "@@ -0,0 +1 @@\n+a\n"},
	{"one line to empty", "f", "a\n", "", HEADER "@@ -1 +0,0 @@\n-a\n"},
	{"replace", "f", "a\nb\nc\n", "a\nB\nc\n", HEADER "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n"},
	{"insert at the start", "f", "b\n", "a\nb\n", HEADER "@@ -1 +1,2 @@\n+a\n b\n"},
	{"append", "f", "1\n2\n3\n4\n5\n", "1\n2\n3\n4\n5\n6\n", HEADER "@@ -3,3 +3,4 @@\n 3\n 4\n 5\n+6\n"},
	{"delete", "f", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\n6\n7\n8\n9\n",
	 HEADER "@@ -2,7 +2,6 @@\n 2\n 3\n 4\n-5\n 6\n 7\n 8\n"},
	{"line end added", "f", "a\nb", "a\nb\n", HEADER "@@ -1,2 +1,2 @@\n a\n-b\n" NO_END "+b\n"},
	{"line end removed", "f", "a\n", "a", HEADER "@@ -1 +1 @@\n-a\n+a\n" NO_END},
	{"no line end in context", "f", "a\nb", "A\nb", HEADER "@@ -1,2 +1,2 @@\n-a\n+A\n b\n" NO_END},
	{"shared context", "f", "a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n",
	 HEADER "@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n"},
	{"two hunks", "f", "a\n1\n2\n3\n4\n5\n6\n7\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\nB\n",
	 HEADER "@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n"},
	{"CRLF stays", "f", "a\r\n", "b\r\n", HEADER "@@ -1 +1 @@\n-a\r\n+b\r\n"},
	{"other bytes stay", "f", "a\xe9\t\n", "b\xe9\t\n", HEADER "@@ -1 +1 @@\n-a\xe9\t\n+b\xe9\t\n"},
	{"terminal", "f", "a\n", "\x1b[2J\rx\x9b\xc2\x9b\xe2\x80\xae\n",
	 HEADER "@@ -1 +1 @@\n-a\n+\xe2\x90\x9b[2J\xe2\x90\x8dx\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\n"},
	{"absolute path", "/etc/f", "", "a\n", "--- a/etc/f\n+++ b/etc/f\n@@ -0,0 +1 @@\n+a\n"},
	{"dotted path", "././/f", "", "a\n", HEADER "@@ -0,0 +1 @@\n+a\n"},
	{"path with a blank", "a f", "", "a\n", "--- a/a f\t\n+++ b/a f\t\n@@ -0,0 +1 @@\n+a\n"},
	{"path of letters", "\xc3\xa9", "", "a\n", "--- a/\xc3\xa9\n+++ b/\xc3\xa9\n@@ -0,0 +1 @@\n+a\n"},
	{"hostile path", "\x1b\"\\\n\xe9", "", "a\n",
	 "--- \"a/\\033\\042\\134\\012\\351\"\n+++ \"b/\\033\\042\\134\\012\\351\"\n@@ -0,0 +1 @@\n+a\n"},
};

static struct text diff_texts(struct arena *arena, struct text path, struct text before, struct text after) {
	struct buffer out = {.arena = arena};
	diff_write(arena, source_from_text(arena, path, before), source_from_text(arena, path, after), false, &out);
	return buffer_text(&out);
}

static void test_cases(struct arena *arena) {
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct diff_case *row = &cases[i];
		struct text diff = diff_texts(arena, text_of(row->path), text_of(row->before), text_of(row->after));
		test_text(row->name, diff, text_of(row->diff));
	}
}

static void test_colour(struct arena *arena) {
	struct buffer out = {.arena = arena};
	struct source *before = source_from_text(arena, TEXT("f"), TEXT("a\nb\n"));
	diff_write(arena, before, source_from_text(arena, TEXT("f"), TEXT("a\nc\n")), true, &out);
	test_text("colour", buffer_text(&out),
	          TEXT("\x1b[1m--- a/f\x1b[m\n\x1b[1m+++ b/f\x1b[m\n\x1b[36m@@ -1,2 +1,2 @@\x1b[m\n a\n"
	               "\x1b[31m-b\x1b[m\n\x1b[32m+c\x1b[m\n"));
}

static struct source *with_secret(struct arena *arena, struct text bytes, struct text secret) {
	struct source *source = source_from_text(arena, TEXT("f"), bytes);
	uint32_t start = (uint32_t)text_find(bytes, secret);
	redact_mark(arena, source, (struct span){start, start + (uint32_t)secret.length});
	redact_settle(source);
	return source;
}

static struct text mask_string(struct arena *arena, const char *secret) { return redact_mask(arena, text_of(secret)); }

static void test_secrets(struct arena *arena) {
	struct source *before = with_secret(arena, TEXT("A=1\nP=old\n"), TEXT("old"));
	struct source *after = with_secret(arena, TEXT("A=1\nP=new # x\n"), TEXT("new"));
	struct buffer out = {.arena = arena};
	diff_write(arena, before, after, false, &out);
	test_text("one line", buffer_text(&out),
	          text_format(arena, HEADER "@@ -1,2 +1,2 @@\n A=1\n-P=%s\n+P=%s # x\n",
	                      text_string(arena, mask_string(arena, "old")),
	                      text_string(arena, mask_string(arena, "new"))));
	before = with_secret(arena, TEXT("P='a\nb\nc'\n"), TEXT("a\nb\nc"));
	after = with_secret(arena, TEXT("P='a\nB\nc'\n"), TEXT("a\nB\nc"));
	out = (struct buffer){.arena = arena};
	diff_write(arena, before, after, false, &out);
	const char *old = text_string(arena, mask_string(arena, "a\nb\nc"));
	const char *new = text_string(arena, mask_string(arena, "a\nB\nc"));
	test_text("several lines", buffer_text(&out),
	          text_format(arena, HEADER "@@ -1,3 +1,3 @@\n P='%s\n-%s\n+%s\n %s'\n", old, old, new, old));
}

/* Takes the lines of a hunk's sign and of its context, the way patch(1) does; false when the text is not a diff of
 * `before`. */
static bool apply(struct arena *arena, struct text diff, struct text before, struct buffer *after) {
	struct text rest = before;
	size_t line = 1;
	text_cut(&diff, '\n');
	text_cut(&diff, '\n');
	while (diff.length) {
		struct text row = text_cut(&diff, '\n');
		if (text_starts_with(row, TEXT("@@ "))) {
			size_t start = 0, count = 1;
			int fields = sscanf(text_string(arena, row), "@@ -%zu,%zu", &start, &count);
			for (start += fields == 2 && !count; line < start; line++) {
				buffer_add(after, text_cut(&rest, '\n'));
				buffer_add_byte(after, '\n');
			}
			continue;
		}
		bool ended = !text_starts_with(diff, TEXT("\\"));
		if (!ended)
			text_cut(&diff, '\n');
		struct text content = text_from(row, 1);
		if (row.bytes[0] != '+') {
			bool has_end = text_find_byte(rest, '\n') != TEXT_NOT_FOUND;
			if (has_end != ended || !text_equal(text_cut(&rest, '\n'), content)) return false;
			line++;
		}
		if (row.bytes[0] != '-') {
			buffer_add(after, content);
			buffer_add_string(after, ended ? "\n" : "");
		}
	}
	buffer_add(after, rest);
	return true;
}

static uint32_t draw(uint64_t *state, uint32_t below) {
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*state >> 33) % below;
}

/* A text like `model` in which one line of `rate` is gone, another, or followed by a new one. */
static struct text vary(struct arena *arena, struct text model, uint32_t rate, uint64_t *state) {
	struct buffer out = {.arena = arena};
	while (model.length) {
		bool ended = text_find_byte(model, '\n') != TEXT_NOT_FOUND;
		struct text line = text_cut(&model, '\n');
		uint32_t luck = draw(state, rate * 3);
		if (luck != 0)
			buffer_add(&out, luck == 1 ? TEXT("another") : line);
		if (luck == 2)
			buffer_format(&out, "\nnew %u", draw(state, 9));
		if (luck != 0 && (ended || draw(state, 2)))
			buffer_add_byte(&out, '\n');
	}
	return buffer_text(&out);
}

static struct text make_lines(struct arena *arena, size_t count, uint32_t kinds, uint64_t *state) {
	struct buffer out = {.arena = arena};
	for (size_t i = 0; i < count; i++)
		buffer_format(&out, "%u%s", draw(state, kinds), i + 1 < count || draw(state, 2) ? "\n" : "");
	return buffer_text(&out);
}

static void test_round(struct arena *arena, size_t count, uint32_t kinds, uint32_t rate, uint64_t *state) {
	struct text before = make_lines(arena, count, kinds, state), after = vary(arena, before, rate, state);
	struct buffer again = {.arena = arena};
	bool applies = apply(arena, diff_texts(arena, TEXT("f"), before, after), before, &again);
	if (text_equal(before, after)) return;
	test_check(applies, "applied again", "a context or removed line differs");
	test_check(text_equal(buffer_text(&again), after), "applied again", "gives another text");
}

/* Any two texts: the diff of one to the other, applied, gives the other. */
static void test_application(void) {
	uint64_t state = 1;
	for (uint32_t round = 0; round < 3000; round++) {
		struct arena arena = {0};
		test_round(&arena, draw(&state, 40), 1 + draw(&state, 30), 1 + draw(&state, 12), &state);
		arena_release(&arena);
	}
	for (uint32_t round = 0; round < 12; round++) {
		struct arena arena = {0};
		test_round(&arena, 4000, round % 2 ? 3 : 100000, 1 + round % 3, &state);
		arena_release(&arena);
	}
}

static size_t count_changed(struct arena *arena, struct text before, struct text after) {
	struct text diff = diff_texts(arena, TEXT("f"), before, after);
	size_t count = 0;
	text_cut(&diff, '\n');
	text_cut(&diff, '\n');
	while (diff.length) {
		struct text row = text_cut(&diff, '\n');
		count += row.bytes[0] == '+' || row.bytes[0] == '-';
	}
	return count;
}

/* More changes than one stretch of the search takes: still no more lines than needed where each is replaced. */
static void test_many_changes(struct arena *arena) {
	struct buffer before = {.arena = arena}, after = {.arena = arena};
	for (unsigned i = 0; i < 100000; i++) {
		buffer_format(&before, "line %u\n", i);
		buffer_format(&after, i % 100 ? "line %u\n" : "LINE %u\n", i);
	}
	test_check(count_changed(arena, buffer_text(&before), buffer_text(&after)) == 2000, "many changes",
	           "not the fewest");
	for (unsigned i = 0; i < 3000; i++)
		buffer_format(&before, "left %u\n", i);
	for (unsigned i = 0; i < 3000; i++)
		buffer_format(&after, "right %u\n", i);
	for (unsigned i = 0; i < 100; i++) {
		buffer_format(&before, "%u\n", i);
		buffer_format(&after, "%u\n%s", i, i == 50 ? "!\n" : "");
	}
	test_check(count_changed(arena, buffer_text(&before), buffer_text(&after)) == 8001, "block replaced",
	           "not the fewest");
}

int main(void) {
	struct arena arena = {0};
	test_cases(&arena);
	test_colour(&arena);
	test_secrets(&arena);
	test_application();
	test_many_changes(&arena);
	arena_release(&arena);
	return test_end();
}
