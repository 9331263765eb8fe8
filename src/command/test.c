/* test: the tests that rules bring along. */
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "command/command.h"
#include "command/packs.h"
#include "command/tell.h"
#include "diagnostic/secret.h"
#include "fixer/test.h"
#include "report/diff.h"
#include "report/terminal.h"

struct testing {
	struct arena *arena;     /* of the packs */
	struct arena memory;     /* of one test */
	struct buffer out;
	bool strict, colour;
	size_t passed, failed;
};

static const char *const verdicts[] = {
	[TEST_NOISY] = "noisy",
	[TEST_MISSING] = "missing",
	[TEST_WRONG_PLACE] = "wrong place",
	[TEST_WRONG_MESSAGE] = "wrong message",
	[TEST_WRONG_SEVERITY] = "wrong severity",
	[TEST_WRONG_EFFECT] = "wrong effect",
	[TEST_WRONG_FIX] = "wrong fix ('-' is expected, '+' was found)",
	[TEST_NOT_STABLE] = "not stable",
	[TEST_NOT_SKIPPED] = "not skipped: the rule was evaluated",
	[TEST_SKIPPED] = "skipped: the rule was not evaluated",
	[TEST_REFUSED] = "refused",
};

static void tell_place(struct testing *testing, const struct pack *pack, const struct node *node, struct text rule)
{
	terminal_add(&testing->out, pack->source->path);
	buffer_format(&testing->out, ":%u:%u: ", node->line, node->column);
	buffer_add(&testing->out, rule);
	buffer_add_string(&testing->out, ": ");
}

static void tell_text(struct testing *testing, const char *what, struct text text)
{
	if (!text.length)
		return;
	buffer_format(&testing->out, "  %s ", what);
	terminal_add(&testing->out, text);
	buffer_add_byte(&testing->out, '\n');
}

static void tell_failure(struct testing *testing, const struct pack *pack, const struct test_run *run,
                         const struct test_failure *failure)
{
	tell_place(testing, pack, run->test->node, run->rule.id);
	buffer_add_string(&testing->out, verdicts[failure->verdict]);
	buffer_add_byte(&testing->out, '\n');
	tell_text(testing, "expected:", failure->expected);
	tell_text(testing, "found:   ", failure->found);
	if (failure->wanted)
		diff_write(&testing->memory, failure->wanted, failure->mended, testing->colour, &testing->out);
}

static void run_test(struct testing *testing, const struct pack *pack, const struct rule *rule,
                     const struct rule_test *test)
{
	struct test_run run;
	struct test_failure_list failures = {0};
	test_lint(&run, &testing->memory, pack, rule, test);
	test_judge(&run, &failures);
	for (size_t i = 0; i < failures.count; i++)
		tell_failure(testing, pack, &run, &failures.items[i]);
	testing->passed += !failures.count;
	testing->failed += failures.count > 0;
	arena_release(&testing->memory);
}

static bool can_fix(const struct rule *rule)
{
	for (size_t i = 0; i < rule->fix_count; i++)
		if (rule->fixes[i].safety != SAFETY_SUGGEST)
			return true;
	return false;
}

static void demand(struct testing *testing, const struct pack *pack, const struct rule *rule, bool met,
                   const char *what)
{
	if (met)
		return;
	tell_place(testing, pack, rule->node, rule->id);
	buffer_format(&testing->out, "no test %s\n", what);
	testing->failed++;
}

static void demand_tests(struct testing *testing, const struct pack *pack, const struct rule *rule)
{
	bool finds = false, passes = false, fixes = false;
	for (size_t i = 0; i < rule->test_count; i++) {
		finds = finds || rule->tests[i].finding_count;
		passes = passes || (!rule->tests[i].finding_count && !rule->tests[i].not_evaluated);
		fixes = fixes || rule->tests[i].has_fixed;
	}
	demand(testing, pack, rule, finds, "in which it finds something (report)");
	demand(testing, pack, rule, passes, "in which it is judged and finds nothing");
	demand(testing, pack, rule, fixes || !can_fix(rule), "of its fix (fixed)");
}

static void test_pack(struct testing *testing, const struct pack *pack)
{
	for (size_t i = 0; i < pack->rule_count; i++) {
		const struct rule *rule = &pack->rules[i];
		for (size_t j = 0; j < rule->test_count; j++)
			run_test(testing, pack, rule, &rule->tests[j]);
		if (testing->strict)
			demand_tests(testing, pack, rule);
	}
}

static int test_packs(struct testing *testing, const struct pack_list *packs)
{
	/* What a test says stands in the pack in clear, and a mask, new in every run, could not be compared. */
	secret_show_all();
	for (size_t i = 0; i < packs->count; i++)
		test_pack(testing, packs->items[i]);
	buffer_format(&testing->out, "%zu passed, %zu failed\n", testing->passed, testing->failed);
	if (!file_write_all(STDOUT_FILENO, buffer_text(&testing->out)))
		return EXIT_USAGE;
	return testing->failed ? EXIT_FOUND : EXIT_CLEAN;
}

int command_test(struct arena *arena, size_t argument_count, char **arguments)
{
	struct diagnostics diagnostics = {.arena = arena};
	struct testing testing = {.arena = arena, .out = {.arena = arena}};
	struct options options = {0};
	struct pack_list packs = {0};
	struct text fault = TEXT("");
	if (!options_parse(arena, VERB_TEST, argument_count, arguments, &options, &fault) ||
	    !options_take_color(arena, &options, &fault)) {
		tell_error(arena, "", fault);
		return EXIT_USAGE;
	}
	if (options.help) {
		puts("usage: arilint test [OPTIONS] [PACK...]\n\n"
		     "Runs the tests that the rules of packs bring along; without PACK, those of the built-in packs.\n\n"
		     "Options:");
		options_explain(stdout, VERB_TEST);
		return EXIT_CLEAN;
	}
	options.rules = options.paths;
	options.no_builtin = options.paths.count > 0;
	options.language = TEXT("en");
	packs_load_with_tests(&diagnostics, &options, &packs);
	if (diagnostics.found.count)
		return packs_tell_faults(&diagnostics, TEXT(""));
	testing.strict = options.strict;
	testing.colour = options_want_color(&options);
	return test_packs(&testing, &packs);
}
