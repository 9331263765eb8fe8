#include "fixer/test.h"

#include <string.h>

#include "evaluate/run.h"

/* --- the run --- */

static struct source *make_source(struct test_run *run, const struct test_file *file) {
	struct source *source = source_from_text(run->arena, file->path, file->content);
	source->writable_by_us = true;
	if (file->mode)
		source->status.st_mode = S_IFREG | (mode_t)file->mode;
	return source;
}

/* As a configuration says who reads a file. */
static void choose_readers(struct test_run *run, const struct test_file *file) {
	if (!file->reader_count) return;
	struct reader_choice *choice = list_add(run->arena, &run->options.inventory.choices);
	choice->glob = file->path;
	choice->count = file->reader_count;
	memcpy(choice->readers, file->readers, sizeof(choice->readers));
}

void test_lint(struct test_run *run, struct arena *arena, const struct pack *pack, const struct rule *rule,
               const struct rule_test *test, const struct pack_list *packs) {
	*run = (struct test_run){.arena = arena, .rule = rule, .test = test, .diagnostics = {.arena = arena}};
	run->options = (struct lint_options){
		.tell_unused_suppressions = true, .authority = test->authority, .unsafe_fixes = test->unsafe,
		.in_memory = true};
	if (test->all_rules) {
		run->options.packs = *packs;
		rule_choices_add(arena, &run->options.choices, packs);
	} else {
		*list_add(arena, &run->options.packs) = pack;
		*list_add(arena, &run->options.choices) = (struct rule_choice){pack, rule, true, rule->severity, false};
	}
	for (size_t i = 0; i < test->versions.count; i++)
		*list_add(arena, &run->options.versions) = test->versions.items[i];
	for (size_t i = 0; i < test->files.count; i++) {
		*list_add(arena, &run->inputs) = make_source(run, &test->files.items[i]);
		choose_readers(run, &test->files.items[i]);
	}
	run->lint = (struct lint){.options = &run->options, .diagnostics = &run->diagnostics, .arena = arena};
	lint_run(&run->lint, &run->inputs);
}

struct fixer_result test_fix(struct test_run *run) {
	return fixer_run(&run->lint, &run->inputs);
}

/* --- findings --- */

/* A finding of the rule, with its place in words. */
struct found {
	const struct diagnostic *diagnostic;
	struct text path;
	struct position position;
};

struct found_list LIST_OF(struct found);
struct expected_list LIST_OF(const struct test_finding *);

struct judging {
	struct test_run *run;
	struct test_failure_list *failures;
	struct found_list noisy;        /* found and not expected */
	struct expected_list missing;   /* expected and not found */
};

static void add_failure(struct judging *judging, enum test_verdict verdict, struct text expected, struct text found) {
	*list_add(judging->run->arena, judging->failures) = (struct test_failure){verdict, expected, found, NULL, NULL};
}

static struct text describe_found(struct judging *judging, const struct found *found) {
	const struct diagnostic *diagnostic = found->diagnostic;
	struct text message = diagnostic->message;
	if (judging->run->test->all_rules)
		message = text_format(judging->run->arena, "%s[%.*s] %.*s", severity_name(diagnostic->severity),
		                      TEXT_ARGUMENTS(diagnostic->rule), TEXT_ARGUMENTS(message));
	return text_format(judging->run->arena, "%.*s:%u:%u: %.*s", TEXT_ARGUMENTS(found->path), found->position.line,
	                   found->position.column, TEXT_ARGUMENTS(message));
}

/* The test's findings: those of its rule, or all. */
static struct found_list find_own(struct test_run *run) {
	struct found_list own = {0};
	for (size_t i = 0; i < run->diagnostics.found.count; i++) {
		const struct diagnostic *diagnostic = &run->diagnostics.found.items[i];
		struct source *source = diagnostic->place.source;
		if (!run->test->all_rules && !text_equal(diagnostic->rule, run->rule->id)) continue;
		struct position position = source_position(source, diagnostic->place.span.start);
		*list_add(run->arena, &own) = (struct found){diagnostic, source->path, position};
	}
	return own;
}

/* Below 0 when the expected place comes first. */
static int compare_places(const struct test_finding *expected, const struct found *found) {
	int order = text_compare(expected->path, found->path);
	struct position position = found->position;
	order = order ? order : (expected->line > position.line) - (expected->line < position.line);
	return order ? order : (expected->column > position.column) - (expected->column < position.column);
}

static struct text or_none(struct text text) { return text.length ? text : TEXT("none"); }

static void compare_saying(struct judging *judging, const struct test_finding *expected, const struct diagnostic *found) {
	struct text rule = expected->rule.length ? expected->rule : judging->run->rule->id;
	if (!text_equal(rule, found->rule))
		add_failure(judging, TEST_WRONG_RULE, rule, found->rule);
	if (expected->message.length && !text_equal(expected->message, found->message))
		add_failure(judging, TEST_WRONG_MESSAGE, expected->message, found->message);
	if (expected->has_severity && expected->severity != found->severity)
		add_failure(judging, TEST_WRONG_SEVERITY, text_of(severity_name(expected->severity)),
		            text_of(severity_name(found->severity)));
	if (expected->has_effect && !text_equal(expected->effect, found->effect))
		add_failure(judging, TEST_WRONG_EFFECT, or_none(expected->effect), or_none(found->effect));
}

/* Both lists are sorted. */
static void compare_findings(struct judging *judging, const struct found_list *own) {
	const struct rule_test *test = judging->run->test;
	struct arena *arena = judging->run->arena;
	size_t i = 0, j = 0;
	while (i < test->findings.count || j < own->count) {
		int order = i == test->findings.count ? 1
		            : j == own->count        ? -1
		                                     : compare_places(&test->findings.items[i], &own->items[j]);
		if (order < 0)
			*list_add(arena, &judging->missing) = &test->findings.items[i++];
		else if (order > 0)
			*list_add(arena, &judging->noisy) = own->items[j++];
		else
			compare_saying(judging, &test->findings.items[i++], own->items[j++].diagnostic);
	}
}

static struct text reason_skipped(const struct test_run *run) {
	for (size_t i = 0; i < run->diagnostics.skipped.count; i++)
		if (text_equal(run->diagnostics.skipped.items[i].rule, run->rule->id))
			return run->diagnostics.skipped.items[i].reason;
	return TEXT("");
}

/* What is missing here and comes there stands at a wrong place. */
static void tell_findings(struct judging *judging) {
	size_t wrong = judging->missing.count < judging->noisy.count ? judging->missing.count : judging->noisy.count;
	struct text reason = reason_skipped(judging->run);
	if (reason.length)
		reason = text_join(judging->run->arena, TEXT("not evaluated: "), reason);
	for (size_t i = 0; i < judging->missing.count; i++)
		add_failure(judging, i < wrong ? TEST_WRONG_PLACE : TEST_MISSING, judging->missing.items[i]->place,
		            i < wrong ? describe_found(judging, &judging->noisy.items[i]) : reason);
	for (size_t i = wrong; i < judging->noisy.count; i++)
		add_failure(judging, TEST_NOISY, TEXT(""), describe_found(judging, &judging->noisy.items[i]));
}

static void judge_skipping(struct judging *judging, const struct found_list *own) {
	const struct rule_test *test = judging->run->test;
	struct text reason = reason_skipped(judging->run);
	if (test->not_evaluated && !reason.length)
		add_failure(judging, TEST_NOT_SKIPPED, TEXT(""), TEXT(""));
	else if (!test->all_rules && !test->not_evaluated && reason.length && !own->count && !test->findings.count)
		add_failure(judging, TEST_SKIPPED, TEXT(""), reason);
}

/* --- fixes --- */

static struct text fixed_text(const struct fixer_result *result, const struct test_file *file) {
	for (size_t i = 0; i < result->files.count; i++)
		if (text_equal(result->files.items[i].before->path, file->path))
			return result->files.items[i].after->bytes;
	return file->content;
}

static void judge_fixes(struct judging *judging) {
	struct test_run *run = judging->run;
	struct fixer_result result = test_fix(run);
	/* fixer_run() goes on until a pass changes nothing: that the result is stable is what it proves. */
	if (result.unstable)
		add_failure(judging, TEST_NOT_STABLE, TEXT(""), result.refusal);
	else if (result.refusal.length)
		add_failure(judging, TEST_REFUSED, TEXT(""), result.refusal);
	for (size_t i = 0; i < run->test->files.count && !result.unstable; i++) {
		const struct test_file *file = &run->test->files.items[i];
		struct text fixed = fixed_text(&result, file);
		if (text_equal(fixed, file->fixed)) continue;
		struct source *wanted = source_from_text(run->arena, file->path, file->fixed);
		*list_add(run->arena, judging->failures) = (struct test_failure){
			TEST_WRONG_FIX, TEXT(""), TEXT(""), wanted,
			source_from_text(run->arena, file->path, text_copy(run->arena, fixed))};
	}
	fixer_release(&result);
}

void test_judge(struct test_run *run, struct test_failure_list *failures) {
	struct judging judging = {.run = run, .failures = failures};
	struct found_list own = find_own(run);
	compare_findings(&judging, &own);
	tell_findings(&judging);
	judge_skipping(&judging, &own);
	if (run->test->has_fixed)
		judge_fixes(&judging);
}
