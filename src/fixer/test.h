/* Tests of rules: run in memory, alone, by the same lint and the same fixes as files on disk; then what came out
 * otherwise than the pack says. */
#pragma once

#include "fixer/fixer.h"
#include "rule/test.h"

/* One test in the making. */
struct test_run {
	struct arena *arena;
	const struct rule *rule;         /* judged even where it is not enabled */
	const struct rule_test *test;
	struct lint_options options;
	struct diagnostics diagnostics;
	struct source_list inputs;
	struct lint lint;
};

enum test_verdict {
	TEST_NOISY,           /* a finding that the test does not name */
	TEST_MISSING,         /* a finding that did not come */
	TEST_WRONG_PLACE, TEST_WRONG_RULE, TEST_WRONG_MESSAGE, TEST_WRONG_SEVERITY, TEST_WRONG_EFFECT, TEST_WRONG_FIX,
	TEST_NOT_STABLE,      /* the fixes would change the files at every run */
	TEST_NOT_SKIPPED,     /* the rule was evaluated, and should not have been */
	TEST_SKIPPED,         /* the rule was not evaluated, so that nothing was found proves nothing */
	TEST_REFUSED          /* the fixes were made, and refused as a regression */
};

struct test_failure {
	enum test_verdict verdict;
	struct text expected, found;    /* for people; either may be empty */
	struct source *wanted, *fixed; /* of a wrong fix: the file as it should be, and as it is */
};

struct test_failure_list LIST_OF(struct test_failure);

/* Lints a test's files by its rule, or by all rules of the packs where the test says so; run->diagnostics are left sorted and may
 * hold findings of other rules. `packs` may be NULL for a test that a pack brings along. The run must not be moved. */
void test_lint(struct test_run *run, struct arena *arena, const struct pack *pack, const struct rule *rule,
               const struct rule_test *test, const struct pack_list *packs);

/* Applies the rule's fixes, as safe ones as the test says. */
struct fixer_result test_fix(struct test_run *run);

/* Compares what came out with what the test expects; fixes are made when it says what becomes of the files. */
void test_judge(struct test_run *run, struct test_failure_list *failures);
