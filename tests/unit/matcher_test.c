/* Matching as glibc does it, whatever library this is built on: a table, and where the library is glibc, random patterns
 * that are held against its regcomp(3) and fnmatch(3). */
#include <fnmatch.h>
#include <regex.h>
#include <string.h>

#include "reader/asterisk/matcher.h"
#include "test.h"

struct match_case {
	const char *pattern, *text;
	char says; /* '+' takes it, '-' does not, 'x' is no expression */
};

static const struct match_case expressions[] = {
	{"", "", '+'}, {"er$", "user", '+'}, {"^us$", "user", '-'}, {"a**?b", "b", '+'}, {"x|", "y", '+'}, {"(|a)+", "", '+'},
	{"*a", "a", 'x'}, {"^*", "a", 'x'}, {"a|+", "a", 'x'}, {"(a", "a", 'x'}, {"a)", "a)", '+'}, {")+", "))", '+'},
	{"\\", "a", 'x'}, {"\\d\\t\\n", "dtn", '+'}, {"\\w\\W\\s", "_\v\v", '+'}, {"\\<b\\>", "a b", '+'}, {"\\Bb", "ab", '+'},
	{"\\`a\\'", "a", '+'}, {"\\b*", "a", 'x'}, {".", "\n", '+'}, {"[^a]", "\n", '+'}, {"a$", "a\n", '-'}, {"}", "}", '+'},
	{"[]a]", "]", '+'}, {"[a-]", "-", '+'}, {"[\\w]", "\\", '+'}, {"[b-a]", "a", 'x'}, {"[a-c-e]", "a", 'x'},
	{"[[:alpha:]_]", "Z", '+'}, {"[[:word:]]", "a", 'x'}, {"[a-[:digit:]]", "a", 'x'}, {"[[.-.]-a]", "A", '+'},
	{"[[.ab.]]", "a", 'x'}, {"[a", "a", 'x'}, {"\xc3\xa9", "caf\xc3\xa9", '+'}, {"^.$", "\xc3\xa9", '-'},
	{"(a*)*(a*)*(a*)*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", '-'},
};

static const struct match_case wildcards[] = {
	{"*.conf", "ari.conf", '+'}, {"*.conf", ".conf", '-'}, {".*", ".env", '+'}, {"?env", ".env", '-'}, {"a?", "ab", '+'},
	{"[!a]b", "bb", '+'}, {"[^a]b", "ab", '-'}, {"[.]a", ".a", '-'}, {"x[.]a", "x.a", '+'}, {"[c-a]", "b", '-'},
	{"[\\]]", "]", '+'}, {"[\\]]", "\\", '-'}, {"\\*", "*", '+'}, {"\\*", "a", '-'}, {"a\\", "a", '-'}, {"[[:digit:]-z]", "-", '+'},
	{"[a", "[a", '+'}, {"[]", "[]", '+'}, {"*[[:]", "a:", '+'}, {"", "", '+'}, {"*a*b*c", "xaxbxc", '+'}, {"*", "a\nb", '+'},
};

static char ask(struct arena *arena, bool wild, const char *pattern, const char *text) {
	const struct matcher *matcher = wild ? matcher_of_wildcards(arena, text_of(pattern))
	                                     : matcher_of_expression(arena, text_of(pattern));
	return matcher_takes(matcher, text_of(text)) ? '+' : matcher || wild ? '-' : 'x';
}

static void check_table(bool wild, const struct match_case *cases, size_t count) {
	for (size_t i = 0; i < count; i++) {
		struct arena arena = {0};
		test_check(ask(&arena, wild, cases[i].pattern, cases[i].text) == cases[i].says, cases[i].pattern, cases[i].text);
		arena_release(&arena);
	}
}

#ifdef __GLIBC__
static char ask_library(bool wild, const char *pattern, const char *text) {
	if (wild)
		return fnmatch(pattern, text, FNM_PERIOD) == 0 ? '+' : '-';
	regex_t expression;
	if (regcomp(&expression, pattern, REG_EXTENDED | REG_NOSUB))
		return 'x';
	char says = regexec(&expression, text, 0, NULL, 0) == 0 ? '+' : '-';
	regfree(&expression);
	return says;
}

/* A text of up to `most` of the words. */
static void make(uint32_t *state, const char *const *words, size_t count, size_t most, char *made) {
	*made = '\0';
	*state = *state * 1664525 + 1013904223;
	for (size_t left = (*state >> 16) % (most + 1); left; left--) {
		*state = *state * 1664525 + 1013904223;
		strcat(made, words[(*state >> 16) % count]);
	}
}

static void check_random(bool wild, uint32_t state) {
	static const char *const parts[] = {
		"a", "b", "A", "_", "~", "-", ".", "*", "?", "[a-c]", "[^a]", "[]a]", "[^]b]", "[[:alpha:]]", "[^[:digit:]_]", "[a-]",
		"[b-a]", "\\*", "\\\\", "\\a", "\xe9", "[\x80-\xff]", "[z-~]", "[--0]", "[[a]", "[[=b=]]", "[[.-.]-a]", "]", "[^-a]",
		/* Of wildcards no more: what nothing closes and names of no class are not told apart there. */
		"[", "[a", "}", "|", "(", ")", "^", "$", "+", "(a*)", "(?", "\\w", "\\W", "\\s", "\\S", "\\b", "\\B", "\\<", "\\>",
		"\\`", "\\'", "\\d", "\\n", "\\", "[[:foo:]]", "[a-c-e]", "[[:]", "[[.ab.]]", "[a-[:alpha:]]", " ", "\v", "\\Q", "\\E",
	};
	static const char *const bytes[] = {"a", "b", "c", "A", "_", "1", "-", ".", "*", "\\", "]", "\xe9", "(", ")", "|", " ",
	                                    "\v", "d", "n", "Q", "[", "}", "^", "~"};
	const size_t most = sizeof(parts) / sizeof(parts[0]), count = wild ? 29 : most;
	for (size_t round = 0; round < 20000; round++) {
		struct arena arena = {0};
		char pattern[128], text[32];
		make(&state, parts, count, wild ? 5 : 7, pattern);
		make(&state, bytes, sizeof(bytes) / sizeof(bytes[0]), 6, text);
		test_check(ask(&arena, wild, pattern, text) == ask_library(wild, pattern, text), pattern, text);
		arena_release(&arena);
	}
}
#endif

int main(void) {
	check_table(false, expressions, sizeof(expressions) / sizeof(expressions[0]));
	check_table(true, wildcards, sizeof(wildcards) / sizeof(wildcards[0]));
#ifdef __GLIBC__
	check_random(false, 1);
	check_random(true, 2);
#endif
	return test_end();
}
