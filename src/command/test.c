/* test: the tests that rules bring along, and files of cases. */

#include "base/file.h"
#include "command/command.h"
#include "command/output.h"
#include "command/packs.h"
#include "command/test_files.h"
#include "fixer/test.h"
#include "redact/redact.h"
#include "report/diff.h"
#include "report/terminal.h"

struct testing {
	struct arena memory;     /* of one test */
	struct buffer out;
	const struct pack_list *packs; /* all that tests may speak of */
	bool strict, colour;
	size_t passed, failed;
};

static const char *const verdicts[] = {
	[TEST_NOISY] = "noisy",
	[TEST_MISSING] = "missing",
	[TEST_WRONG_PLACE] = "wrong place",
	[TEST_WRONG_RULE] = "wrong rule",
	[TEST_WRONG_MESSAGE] = "wrong message",
	[TEST_WRONG_SEVERITY] = "wrong severity",
	[TEST_WRONG_EFFECT] = "wrong effect",
	[TEST_WRONG_FIX] = "wrong fix ('-' is expected, '+' was found)",
	[TEST_NOT_STABLE] = "not stable",
	[TEST_NOT_SKIPPED] = "not skipped: the rule was evaluated",
	[TEST_SKIPPED] = "skipped: the rule was not evaluated",
	[TEST_REFUSED] = "refused",
};

static void tell_place(struct testing *testing, struct text path, struct file_place place, struct text rule) {
	terminal_add(&testing->out, path);
	buffer_format(&testing->out, ":%u:%u: ", place.line, place.column);
	buffer_add(&testing->out, rule);
	buffer_add_string(&testing->out, ": ");
}

static void tell_text(struct testing *testing, const char *what, struct text text) {
	if (!text.length) return;
	buffer_format(&testing->out, "  %s ", what);
	terminal_add_between(&testing->out, "", text, "\n");
}

static void tell_failure(struct testing *testing, const struct cases *cases, const struct test_run *run,
                         const struct test_failure *failure) {
	tell_place(testing, cases->path, run->test->place, run->rule->id);
	buffer_add_string(&testing->out, verdicts[failure->verdict]);
	buffer_add_byte(&testing->out, '\n');
	tell_text(testing, "expected:", failure->expected);
	tell_text(testing, "found:   ", failure->found);
	if (failure->wanted)
		diff_write(&testing->memory, failure->wanted, failure->fixed, testing->colour, &testing->out);
}

static void run_test(struct testing *testing, const struct cases *cases, const struct rule_test *test) {
	struct test_run run;
	struct test_failure_list failures = {0};
	test_lint(&run, &testing->memory, cases->pack, cases->rule, test, testing->packs);
	test_judge(&run, &failures);
	for (size_t i = 0; i < failures.count; i++)
		tell_failure(testing, cases, &run, &failures.items[i]);
	testing->passed += !failures.count;
	testing->failed += failures.count > 0;
	arena_release(&testing->memory);
}

static void run_cases(struct testing *testing, const struct cases *cases) {
	for (size_t i = 0; i < cases->tests.count; i++)
		run_test(testing, cases, &cases->tests.items[i]);
}

/* --- strictness --- */

/* What the tests of a rule show. */
struct shown {
	bool finds, passes, fixes;
};

static void look_at(const struct cases *cases, struct shown *shown) {
	for (size_t i = 0; i < cases->tests.count; i++) {
		const struct rule_test *test = &cases->tests.items[i];
		shown->finds = shown->finds || test->findings.count;
		shown->passes = shown->passes || (!test->findings.count && !test->not_evaluated);
		shown->fixes = shown->fixes || test->has_fixed;
	}
}

static bool can_fix(const struct rule *rule) {
	for (size_t i = 0; i < rule->fixes.count; i++)
		if (rule->fixes.items[i].safety != SAFETY_SUGGEST)
			return true;
	return false;
}

static void demand(struct testing *testing, const struct cases *own, bool met, const char *what) {
	if (met) return;
	tell_place(testing, own->path, own->rule->place, own->rule->id);
	buffer_format(&testing->out, "no test %s\n", what);
	testing->failed++;
}

static void demand_tests(struct testing *testing, const struct cases *own, const struct cases_list *all) {
	struct shown shown = {0};
	look_at(own, &shown);
	for (size_t i = 0; i < all->count; i++)
		if (all->items[i].rule == own->rule)
			look_at(&all->items[i], &shown);
	demand(testing, own, shown.finds, "in which it finds something (report)");
	demand(testing, own, shown.passes, "in which it is judged and finds nothing");
	demand(testing, own, shown.fixes || !can_fix(own->rule), "of its fix (fixed)");
}

/* --- the run --- */

static void test_pack(struct testing *testing, const struct pack *pack, const struct cases_list *all) {
	for (size_t i = 0; i < pack->rules.count; i++) {
		const struct rule *rule = &pack->rules.items[i];
		struct cases own = {pack->path, pack, rule, {rule->tests.items, rule->tests.count}};
		run_cases(testing, &own);
		if (testing->strict)
			demand_tests(testing, &own, all);
	}
}

/* `own`: the first of the packs whose own tests are run. */
static int test_all(struct testing *testing, const struct pack_list *packs, size_t own, const struct cases_list *cases) {
	/* What a test says stands there in clear, and a mask, new in every run, could not be compared. */
	redact_show_all();
	for (size_t i = own; i < packs->count; i++)
		test_pack(testing, packs->items[i], cases);
	for (size_t i = 0; i < cases->count; i++)
		run_cases(testing, &cases->items[i]);
	buffer_format(&testing->out, "%zu passed, %zu failed\n", testing->passed, testing->failed);
	if (!output_print(buffer_text(&testing->out)))
		return EXIT_UNTOLD;
	return testing->failed ? EXIT_FOUND : EXIT_CLEAN;
}

static void load_cases(struct diagnostics *diagnostics, const struct tree_list *trees, const struct pack_list *packs,
                       struct cases_list *cases) {
	for (size_t i = 0; i < trees->count; i++)
		cases_load(diagnostics, trees->items[i].source, trees->items[i].tree, packs,
		           list_add(diagnostics->arena, cases));
}

static int run(struct call *call) {
	struct options *options = &call->options;
	struct diagnostics *diagnostics = &call->diagnostics;
	struct test_files files = {0};
	struct pack_list packs = {0};
	struct cases_list cases = {0};
	struct testing testing = {.out = {.arena = call->arena}, .packs = &packs, .strict = options->strict,
	                          .colour = options_want_color(options)};
	test_files_find(diagnostics, &options->paths, &files);
	for (size_t i = 0; i < files.packs.count; i++)
		*list_add(call->arena, &options->rules) = files.packs.items[i];
	options->no_builtin = options->rules.count > 0;
	packs_load(diagnostics, options, &packs);
	if (!diagnostics->found.count)
		load_cases(diagnostics, &files.cases, &packs, &cases);
	if (diagnostics->found.count)
		return packs_tell_faults(diagnostics, TEXT(""));
	return test_all(&testing, &packs, options->paths.count ? packs.count - files.packs.count : 0, &cases);
}

const struct verb verb_test = {
	.name = "test", .flag = VERB_TEST, .only_reads = true, .most_words = MANY_WORDS, .run = run,
	.usage = "arilint test [OPTIONS] [PACK|CASES|FOLDER...]",
	.summary = "Runs the tests that the rules of packs bring along, and those in files of cases; of a folder, all files\n"
	           "*.yaml below it. Cases are of rules of the packs that are named, or else of the built-in ones. Without a\n"
	           "word, the tests of the built-in packs are run.",
	.examples = "  arilint test --strict my-pack.yaml\n"
	            "  arilint test my-pack.yaml my-cases/",
};
