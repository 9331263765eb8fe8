/* Counts what held and what did not; each test program includes it once and ends with `return test_end();`. */
#pragma once

#include <stdio.h>

#include "base/text.h"

static unsigned test_passed, test_failed;

/* `name` says which case of the table it is. */
static inline void test_check(bool holds, const char *name, const char *what) {
	test_passed += holds;
	test_failed += !holds;
	if (!holds)
		printf("FAILED: %s: %s\n", name, what);
}

static inline void test_text(const char *name, struct text got, struct text expected) {
	test_check(text_equal(got, expected), name, "another text was expected");
	if (!text_equal(got, expected))
		printf("--- expected\n%.*s\n--- got\n%.*s\n---\n", TEXT_ARGUMENTS(expected), TEXT_ARGUMENTS(got));
}

static inline int test_end(void) {
	printf("%u passed, %u failed\n", test_passed, test_failed);
	return test_failed ? 1 : 0;
}
