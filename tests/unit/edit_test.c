/* Edits: which fixes go together, and what becomes of the text. Each fix is a string of edits "start-end=replacement;";
 * one that begins a section is to be alone. */
#include "diagnostic/edit.h"

#include "test.h"

struct edit_case {
	const char *name;
	const char *text;
	const char *fixes[4];
	size_t kept;
	const char *expected;
};

static const struct edit_case cases[] = {
	{"no fix", "abc", {NULL}, 0, "abc"},
	{"replace", "abc", {"1-2=X"}, 1, "aXc"},
	{"insert at both ends", "abc", {"0-0=<", "3-3=>"}, 2, "<abc>"},
	{"delete all", "abc", {"0-3="}, 1, ""},
	{"order of the fixes does not matter", "abcdef", {"4-5=E", "0-1=A"}, 2, "AbcdEf"},
	{"touching edits", "abcdef", {"0-3=X", "3-6=Y"}, 2, "XY"},
	{"an overlap drops the later fix", "abcdef", {"0-3=X", "2-4=Y"}, 1, "Xdef"},
	{"a fix is applied whole or not at all", "abcdef", {"0-2=X", "1-2=Y;5-6=Z"}, 1, "Xcdef"},
	{"a dropped fix makes room", "abcdef", {"0-2=X", "1-3=Y", "2-4=Z"}, 2, "XZef"},
	{"an insertion where a deletion starts", "abcdef", {"2-2=+", "2-4="}, 2, "ab+ef"},
	{"an insertion within a deletion", "abcdef", {"1-4=", "2-2=+"}, 1, "aef"},
	{"two insertions at one place, in order", "ab", {"1-1=X", "1-1=Y"}, 2, "aXYb"},
	{"an insertion that begins a section is alone", "ab", {"2-2=[s]", "2-2=k"}, 1, "ab[s]"},
	{"also behind another", "ab", {"2-2=k", "1-1=j", "2-2=[s]"}, 2, "ajbk"},
	{"the same edit of two fixes is made once", "abc", {"1-2=X", "1-2=X"}, 2, "aXc"},
	{"two edits of one fix", "abcdef", {"0-1=A;5-6=F"}, 1, "AbcdeF"},
	{"a large deletion against small edits", "abcdef", {"1-2=X", "0-6="}, 1, "aXcdef"},
};

static struct fix *make_fix(struct arena *arena, struct source *source, const char *edits) {
	struct fix *fix = arena_new(arena, struct fix);
	struct text rest = text_of(edits);
	while (rest.length) {
		struct text replacement = text_cut(&rest, ';');
		struct text range = text_cut(&replacement, '=');
		struct text start = text_cut(&range, '-');
		int64_t from = 0, to = 0;
		text_to_integer(start, &from);
		text_to_integer(range, &to);
		*list_add(arena, &fix->edits) =
			(struct edit){source, {(uint32_t)from, (uint32_t)to}, replacement, false,
			               replacement.length && replacement.bytes[0] == '['};
	}
	return fix;
}

int main(void) {
	struct arena arena = {0};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct source *source = source_from_text(&arena, TEXT("file"), text_of(cases[i].text));
		struct fix_list fixes = {0};
		for (size_t j = 0; j < 4 && cases[i].fixes[j]; j++)
			*list_add(&arena, &fixes) = make_fix(&arena, source, cases[i].fixes[j]);
		test_check(edits_settle(&fixes) == cases[i].kept, cases[i].name, "another number of fixes is kept");
		test_text(cases[i].name, edits_apply(&arena, source, &fixes), text_of(cases[i].expected));
	}
	arena_release(&arena);
	return test_end();
}
