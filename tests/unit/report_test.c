#include "report/report.h"

#include "redact/redact.h"
#include "test.h"

/* In `expected`, ` stands for the quote of JSON, $1 and $2 for the masks of the tests' two secrets. */
static void test_report(const char *name, const char *report, const struct report_input *input, const char *expected) {
	struct buffer out = {.arena = input->arena}, wanted = {.arena = input->arena};
	const struct report *found = report_find(text_of(report));
	test_check(found, name, "there is no such report");
	if (!found) return;
	found->write(input, &out);
	for (; *expected; expected++) {
		if (*expected != '$')
			buffer_add_byte(&wanted, *expected == '`' ? '"' : *expected);
		else if (*++expected == '1')
			buffer_add(&wanted, redact_mask(input->arena, TEXT("old")));
		else
			buffer_add(&wanted, redact_mask(input->arena, TEXT("newer")));
	}
	test_text(name, buffer_text(&out), buffer_text(&wanted));
}

/* The place of the first `part` in the source. */
static struct place place_of(struct source *source, const char *part) {
	uint32_t start = (uint32_t)text_find(source->bytes, text_of(part));
	return (struct place){source, {start, start + (uint32_t)text_of(part).length}};
}

static struct source *make_source(struct arena *arena, const char *path, const char *bytes, const char *secret) {
	struct source *source = source_from_text(arena, text_of(path), text_of(bytes));
	source->writable_by_us = true;
	if (secret)
		redact_mark(arena, source, place_of(source, secret).span);
	redact_settle(source);
	return source;
}

static void add_label(struct arena *arena, struct diagnostic *diagnostic, struct place place, const char *message) {
	*list_add(arena, &diagnostic->labels) = (struct label){place, text_of(message)};
}

static struct fix *make_fix(struct arena *arena, enum safety safety, const char *title, struct place place,
                            const char *text) {
	struct fix *fix = arena_new(arena, struct fix);
	fix->safety = safety;
	fix->title = text_of(title);
	bool secret = text_is(text_of(text), "newer");
	*list_add(arena, &fix->edits) = (struct edit){place.source, place.span, text_of(text), secret, false};
	return fix;
}

static const struct report_file files[] = {
	{TEXT_INIT("etc/ari.conf"), TEXT_INIT("ari")},
	{TEXT_INIT(".env"), TEXT_INIT("env")},
};

static struct report_input make_input(struct arena *arena) {
	struct diagnostics *diagnostics = arena_new(arena, struct diagnostics);
	diagnostics->arena = arena;
	struct report_input input = {.arena = arena, .diagnostics = diagnostics, .version = "0.1.0"};
	input.files = files;
	input.file_count = 2;
	return input;
}

/* Two findings in two files, with everything that a diagnostic may carry. */
static struct report_input make_drift(struct arena *arena) {
	struct report_input input = make_input(arena);
	struct source *env = make_source(arena, ".env", "# a\n\nASTERISK_ARI_PASSWORD=old\n", "old");
	struct source *ari = make_source(arena, "etc/ari.conf", "[general]\n\n\n\n\n\n\n[user]\n\n\tpassword = newer\n",
	                                 "newer");
	struct diagnostic *drift = diagnostics_add(input.diagnostics, TEXT("ari/password-drift"), SEVERITY_ERROR,
	                                           place_of(env, "old"), TEXT("it is not the password of [backend]"));
	drift->effect = TEXT("401");
	drift->why = TEXT("Asterisk compares them.\nThen it answers.\n");
	drift->help = TEXT("copy it");
	drift->targets = TEXT("Asterisk 16 and later");
	add_label(arena, drift, place_of(env, "old"), "this value");
	add_label(arena, drift, place_of(ari, "newer"), "the other side");
	drift->fix = make_fix(arena, SAFETY_SAFE, "take the value of ari.conf", place_of(env, "old"), "newer");
	struct diagnostic *key = diagnostics_add(input.diagnostics, TEXT("ari/unknown-key"), SEVERITY_WARNING,
	                                         place_of(ari, "general"), TEXT("key"));
	key->fix = make_fix(arena, SAFETY_UNSAFE, "rename it", place_of(ari, "general"), "a\"b");
	diagnostics_skip(input.diagnostics, TEXT("ari/url-port"), TEXT("no http.conf"));
	diagnostics_skip(input.diagnostics, TEXT("ari/url-port"), TEXT("no http.conf"));
	diagnostics_skip(input.diagnostics, TEXT("ari/url-port"), TEXT("no URL"));
	diagnostics_sort(input.diagnostics);
	return input;
}

static void test_drift(struct arena *arena) {
	struct report_input input = make_drift(arena);
	test_report("text", "text", &input,
	            "error[ari/password-drift]: it is not the password of [backend]\n"
	            "  --> .env:3:23\n"
	            "   |\n"
	            " 3 | ASTERISK_ARI_PASSWORD=$1\n"
	            "   |                       ^^^^^^^^^^^^^ this value\n"
	            "   |\n"
	            "  ::: etc/ari.conf:10:13\n"
	            "   |\n"
	            "10 |     password = $2\n"
	            "   |                ------------- the other side\n"
	            "   = effect: 401: the server does not accept the client's user and password\n"
	            "   = why: Asterisk compares them.\n"
	            "     Then it answers.\n"
	            "   = help: copy it\n"
	            "   = versions: Asterisk 16 and later\n"
	            "   = fix (safe): take the value of ari.conf\n"
	            "\n"
	            "warning[ari/unknown-key]: key\n"
	            " --> etc/ari.conf:1:2\n"
	            "  |\n"
	            "1 | [general]\n"
	            "  |  ^^^^^^^\n"
	            "  = fix (unsafe): rename it\n"
	            "\n"
	            "1 error, 1 warning; 1 can be fixed with --fix, 1 more with --unsafe-fixes\n"
	            "1 rule was not evaluated:\n  no URL (1), no http.conf (1); --show-not-evaluated tells more\n");
	test_report("concise", "concise", &input,
	            ".env:3:23: error[ari/password-drift] it is not the password of [backend]\n"
	            "etc/ari.conf:1:2: warning[ari/unknown-key] key\n");
	test_report("json", "json", &input,
	            "{`version`: `0.1.0`,\n`files`: [\n{`path`: `etc/ari.conf`, `role`: `ari`},\n"
	            "{`path`: `.env`, `role`: `env`}],\n`diagnostics`: [\n"
	            "{`rule`: `ari/password-drift`, `severity`: `error`, `effect`: `401`, `path`: `.env`, `line`: 3, "
	            "`column`: 23, `end_line`: 3, `end_column`: 26, `message`: `it is not the password of [backend]`, "
	            "`why`: `Asterisk compares them.\\nThen it answers.\\n`, `help`: `copy it`, "
	            "`targets`: `Asterisk 16 and later`, `labels`: [{`path`: `.env`, `line`: 3, `column`: 23, "
	            "`message`: `this value`}, {`path`: `etc/ari.conf`, `line`: 10, `column`: 13, "
	            "`message`: `the other side`}], `fix`: {`safety`: `safe`, `title`: `take the value of ari.conf`, "
	            "`edits`: [{`path`: `.env`, `start`: 27, `end`: 30, `secret`: true}]}},\n"
	            "{`rule`: `ari/unknown-key`, `severity`: `warning`, `effect`: null, `path`: `etc/ari.conf`, "
	            "`line`: 1, `column`: 2, `end_line`: 1, `end_column`: 9, `message`: `key`, `labels`: [], "
	            "`fix`: {`safety`: `unsafe`, `title`: `rename it`, `edits`: [{`path`: `etc/ari.conf`, `start`: 1, "
	            "`end`: 8, `text`: `a\\\"b`}]}}],\n"
	            "`not_evaluated`: [\n{`rule`: `ari/url-port`, `reason`: `no URL`},\n"
	            "{`rule`: `ari/url-port`, `reason`: `no http.conf`}],\n`compared`: [],\n"
	            "`summary`: {`error`: 1, `warning`: 1, `info`: 0, `fixed`: 0}}\n");
}

struct frame_case {
	const char *name, *bytes, *secret, *part;
	size_t width;
	const char *expected; /* without the lines around it, which are always the same */
};

#define TEN "0123456789"
#define FIFTY TEN TEN TEN TEN TEN

static const struct frame_case frame_cases[] = {
	{"tabs", "\ta\tb = c\n", NULL, "b", 0, ":1:4\n  |\n1 |     a    b = c\n  |          ^\n"},
	{"letters", "\xc3\xa9\xe4\xb8\xad = x\n", NULL, "x", 0,
	 ":1:6\n  |\n1 | \xc3\xa9\xe4\xb8\xad = x\n  |      ^\n"},
	{"hostile bytes", "\x1b[2Ja\xff\xc2\x9b\rb\n", NULL, "b", 0,
	 ":1:9\n  |\n1 | \xe2\x90\x9b[2Ja\xef\xbf\xbd\xef\xbf\xbd\xe2\x90\x8d" "b\n  |         ^\n"},
	{"CRLF", "a = b\r\n", NULL, "b", 0, ":1:5\n  |\n1 | a = b\n  |     ^\n"},
	{"several lines", "a = 'b\nc'\n", NULL, "'b\nc'", 0, ":1:5\n  |\n1 | a = 'b\n  |     ^^\n"},
	{"line end", "ab\ncd\n", NULL, "\n", 0, ":1:3\n  |\n1 | ab\n  |   ^\n"},
	{"empty line", "ab\n\ncd\n", NULL, "\ncd", 0, ":2:1\n  |\n2 |\n  | ^\n"},
	{"secret", "a = x'old' # b\n", "old", "'old'", 0, ":1:6\n  |\n1 | a = x'$1' # b\n  |      ^^^^^^^^^^^^^^^\n"},
	{"part of a secret", "a = old # b\n", "old", "l", 0, ":1:6\n  |\n1 | a = $1 # b\n  |     ^^^^^^^^^^^^^\n"},
	{"behind a secret", "a = old # b\n", "old", "b", 0, ":1:11\n  |\n1 | a = $1 # b\n  |                     ^\n"},
	{"secret of several lines", "a = old\nx y\n", "old\nx", "y", 0, NULL},
	{"cut behind", "key = x " FIFTY "\n", NULL, "x", 40,
	 ":1:7\n  |\n1 | key = x 01234567890123456789012345\xe2\x80\xa6\n  |       ^\n"},
	{"cut before", FIFTY " x = y\n", NULL, "x", 40,
	 ":1:52\n  |\n1 | \xe2\x80\xa6" "2345678901234567890123456789 x = y\n  |                               ^\n"},
	{"cut at both ends", FIFTY "x" FIFTY "\n", NULL, "x", 40,
	 ":1:51\n  |\n1 | \xe2\x80\xa6" "34567890123456789x0123456789012345\xe2\x80\xa6\n  |                   ^\n"},
	{"cut itself", "a = " FIFTY " b\n", NULL, FIFTY, 40,
	 ":1:5\n  |\n1 | \xe2\x80\xa6" "0123456789012345678901234567890123\xe2\x80\xa6\n"
	 "  |  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"},
};

static void test_frame(const struct frame_case *row) {
	struct arena arena = {0};
	struct report_input input = make_input(&arena);
	struct source *source = make_source(&arena, "f", row->bytes, row->secret);
	input.width = row->width;
	input.fix_wanted = true;
	diagnostics_add(input.diagnostics, TEXT("r"), SEVERITY_INFO, place_of(source, row->part), TEXT("m"));
	const char *expected = row->expected;
	struct text mask = redact_mask(&arena, text_of(row->secret));
	if (!expected)
		expected = text_string(&arena, text_format(&arena, ":2:3\n  |\n2 | %.*s y\n  |               ^\n",
		                                           TEXT_ARGUMENTS(mask)));
	test_report(row->name, "text", &input,
	            text_string(&arena, text_format(&arena, "info[r]: m\n --> f%s\n1 info\n", expected)));
	arena_release(&arena);
}

static void test_whole_file(struct arena *arena) {
	struct report_input input = make_input(arena);
	struct source *source = make_source(arena, "a\x1b", "", NULL);
	struct place all = {source, {0, 0}};
	struct diagnostic *unread = diagnostics_add(input.diagnostics, TEXT("arilint/unread"), SEVERITY_ERROR, all,
	                                            TEXT("can't be read\x07"));
	add_label(arena, unread, (struct place){make_source(arena, "b", "x", NULL), {0, 0}}, "nor this");
	unread->effect = TEXT("nothing known");
	unread->fix = arena_new(arena, struct fix);
	unread->fix->withheld = TEXT("no way");
	input.colour = true;
	test_report("whole file", "text", &input,
	            "\x1b[1;31merror\x1b[m[arilint/unread]: can't be read\xe2\x90\x87\n --> a\xe2\x90\x9b\n"
	            " ::: b: nor this\n"
	            "  = effect: nothing known\n  = no fix: no way\n\n1 error\n");
	test_report("whole file", "concise", &input,
	            "a\xe2\x90\x9b:1:1: error[arilint/unread] can't be read\xe2\x90\x87\n");
}

static void test_colour(struct arena *arena) {
	struct report_input input = make_input(arena);
	struct source *source = make_source(arena, "f", "a = b\n", NULL);
	struct place place = place_of(source, "b");
	struct diagnostic *found = diagnostics_add(input.diagnostics, TEXT("r"), SEVERITY_WARNING, place, TEXT("m"));
	add_label(arena, found, place, "here");
	input.colour = true;
	test_report("colour", "text", &input,
	            "\x1b[1;33mwarning\x1b[m[r]: m\n --> f:1:5\n  |\n1 | a = b\n  |     \x1b[1;33m^ here\x1b[m\n"
	            "\n1 warning\n");
}

static void test_summary(struct arena *arena) {
	struct report_input input = make_input(arena);
	test_report("nothing found", "text", &input, "no faults found in 2 files; none of them was compared with another\n");
	test_report("nothing found", "concise", &input, "");
	input.file_count = 1;
	input.fixed = 1;
	test_report("all fixed", "text", &input, "fixed 1 fault\nno faults left in 1 file; it was compared with no other\n");
	diagnostics_skip(input.diagnostics, TEXT("a/x"), TEXT("no \x1b.env"));
	diagnostics_skip(input.diagnostics, TEXT("a/y"), TEXT("no .env"));
	input.fixed = 0;
	input.show_not_evaluated = true;
	test_report("not evaluated", "text", &input,
	            "no faults found in 1 file; it was compared with no other\n2 rules were not evaluated:\n"
	            "  a/x: no \xe2\x90\x9b.env\n  a/y: no .env\n");
	struct source *source = make_source(arena, "f", "a\n", NULL);
	struct place place = place_of(source, "a");
	for (unsigned i = 0; i < 3; i++)
		diagnostics_add(input.diagnostics, TEXT("r"), SEVERITY_ERROR, place, text_format(arena, "%u", i));
	input.diagnostics->found.items[0].fix = make_fix(arena, SAFETY_UNSAFE, "do", place, "b");
	input.diagnostics->found.items[1].fix = make_fix(arena, SAFETY_SUGGEST, "do", place, "b");
	input.diagnostics->skipped.count = 0;
	struct buffer out = {.arena = arena};
	report_text.write(&input, &out);
	test_check(text_ends_with(buffer_text(&out), TEXT("\n3 errors; 1 can be fixed with --fix --unsafe-fixes\n")),
	           "unsafe only", "last line");
	source->writable_by_us = false;
	report_text.write(&input, &out);
	test_check(text_ends_with(buffer_text(&out), TEXT("\n3 errors\n")), "a file that was not named", "last line");
}

static void test_hostile_json(struct arena *arena) {
	struct report_input input = make_input(arena);
	struct source *source = make_source(arena, "\xff\"\n", "a", NULL);
	diagnostics_add(input.diagnostics, TEXT("r"), SEVERITY_INFO, place_of(source, "a"),
	                TEXT("\x1b\xc2\x9b|\xc2\xa0|\xc2\x80\xc2|\0|"));
	input.file_count = 0;
	test_report("hostile bytes", "json", &input,
	            "{`version`: `0.1.0`,\n`files`: [],\n`diagnostics`: [\n{`rule`: `r`, `severity`: `info`, "
	            "`effect`: null, `path`: `\xef\xbf\xbd\\\"\\n`, `line`: 1, `column`: 1, `end_line`: 1, "
	            "`end_column`: 2, `message`: `\\u001b\\u009b|\xc2\xa0|\\u0080\xef\xbf\xbd|\\u0000|`, `labels`: [], "
	            "`fix`: null}],\n`not_evaluated`: [],\n`compared`: [],\n"
	            "`summary`: {`error`: 0, `warning`: 0, `info`: 1, `fixed`: 0}}\n");
}

static void test_sort(struct arena *arena) {
	static const struct {
		const char *path;
		uint32_t start, end;
		enum severity severity;
		const char *rule, *message;
	} added[] = {
		{"b", 0, 1, SEVERITY_ERROR, "r", "8"}, {"a", 5, 6, SEVERITY_INFO, "r", "7"},
		{"a", 5, 6, SEVERITY_ERROR, "r", "4"}, {"a", 5, 6, SEVERITY_ERROR, "q", "3"},
		{"a", 5, 6, SEVERITY_ERROR, "r", "4"}, {"a", 5, 7, SEVERITY_ERROR, "r", "5"},
		{"a", 1, 6, SEVERITY_INFO, "r", "1"},  {"a", 5, 6, SEVERITY_WARNING, "r", "6"},
		{"a", 1, 6, SEVERITY_INFO, "r", "2"},  {"a", 5, 6, SEVERITY_ERROR, "r", "4"},
	};
	struct diagnostics diagnostics = {.arena = arena};
	for (size_t i = 0; i < sizeof(added) / sizeof(*added); i++) {
		struct source *source = source_from_text(arena, text_of(added[i].path), TEXT("0123456789"));
		struct place place = {source, {added[i].start, added[i].end}};
		struct text rule = text_of(added[i].rule), message = text_of(added[i].message);
		diagnostics_add(&diagnostics, rule, added[i].severity, place, message);
	}
	struct place place = diagnostics.found.items[0].place;
	diagnostics.found.items[9].fix = make_fix(arena, SAFETY_SAFE, "do", place, "");
	diagnostics_sort(&diagnostics);
	struct buffer order = {.arena = arena};
	for (size_t i = 0; i < diagnostics.found.count; i++)
		buffer_add(&order, diagnostics.found.items[i].message);
	test_text("order", buffer_text(&order), TEXT("12345678"));
	test_check(diagnostics_count(&diagnostics, SEVERITY_ERROR) == 4, "count", "errors");
	test_check(diagnostics.found.items[3].fix, "repetition", "its fix is lost");
	add_label(arena, diagnostics_add(&diagnostics, TEXT("r"), SEVERITY_ERROR, place, TEXT("8")), place, "label");
	diagnostics_sort(&diagnostics);
	test_check(diagnostics.found.count == 9, "repetition", "with another label it is none");
}

static void test_names(void) {
	enum severity severity = SEVERITY_INFO;
	test_check(severity_from_name(TEXT("error"), &severity) && severity == SEVERITY_ERROR, "severity", "error");
	test_check(!severity_from_name(TEXT("fatal"), &severity), "severity", "there is no fatal");
	test_text("names", text_of(report_names), TEXT("checkstyle, concise, gcc, github, gitlab, json, junit, markdown, rdjson, sarif, text"));
	test_check(!report_find(TEXT("jso")), "report", "part of a name");
}

int main(void) {
	struct arena arena = {0};
	test_names();
	test_sort(&arena);
	test_drift(&arena);
	for (size_t i = 0; i < sizeof(frame_cases) / sizeof(*frame_cases); i++)
		test_frame(&frame_cases[i]);
	test_whole_file(&arena);
	test_colour(&arena);
	test_summary(&arena);
	test_hostile_json(&arena);
	arena_release(&arena);
	return test_end();
}
