#include "planted.h"

#include "inventory/redact.h"
#include "report/diff.h"
#include "report/report.h"
#include "rule/load.h"
#include "target.h"

static const struct report *const reports[] = {
#define REPORT(name) &report_##name,
#include "report/reports.def"
#undef REPORT
	NULL};

struct pack_list packs_built_in(struct arena *arena) {
	struct pack_list packs = {0};
	for (size_t i = 0; built_in_packs[i]; i++)
		*list_add(arena, &packs) = built_in_packs[i];
	return packs;
}

void planted_add_files(struct arena *arena, struct test_file_list *files) {
	*list_add(arena, files) = (struct test_file){
		.path = TEXT("etc/ari.conf"),
		.content = TEXT("[general]\nenabled = yes\n\n[backend]\ntype = user\npassword = " PLANTED "\n")};
	*list_add(arena, files) = (struct test_file){
		.path = TEXT("etc/http.conf"),
		.content = TEXT("[general]\nenabled = yes\nbindaddr = 127.0.0.1\nbindport = 8088\n")};
	*list_add(arena, files) = (struct test_file){
		.path = TEXT("backend/.env"),
		.content = TEXT("ARI_URL=http://127.0.0.1:8088/ari\nARI_USERNAME=backend\nARI_PASSWORD=" PLANTED "\nARI_APP=crm\n")};
}

void planted_lint(struct test_run *run, struct rule_test *test, struct arena *arena, const struct test_file_list *files) {
	struct pack_list packs = packs_built_in(arena);
	*test = (struct rule_test){.all_rules = true, .unsafe = test->unsafe};
	test->files.items = files->items;
	test->files.count = files->count;
	test_lint(run, arena, NULL, NULL, test, &packs);
	lint_redact(&run->lint);
}

void require_absent(struct arena *arena, struct text output, const char *what) {
	struct redaction redaction = {.arena = arena};
	struct source *source = source_from_text(arena, TEXT(""), output);
	redact_learn(&redaction, TEXT(PLANTED));
	redact_mark_known(arena, &redaction, source, (struct span){0, (uint32_t)source->bytes.length});
	if (redaction.overrun || !source->secrets.count) return;
	require(false, "%s shows the secret: %.*s", what, TEXT_ARGUMENTS(source->bytes));
}

void require_hidden(struct arena *arena, struct text output, const char *what) {
	require_absent(arena, redact_output(arena, output), what);
}

static void report(const struct test_run *run, struct diagnostics *diagnostics) {
	struct report_input input = {
		.arena = run->arena, .diagnostics = diagnostics, .unsafe_fixes = run->test->unsafe, .show_not_evaluated = true,
		.version = "0"};
	for (size_t i = 0; reports[i]; i++) {
		struct buffer out = {.arena = run->arena};
		reports[i]->write(&input, &out);
		require_hidden(run->arena, buffer_text(&out), reports[i]->name);
	}
}

static void show_difference(const struct test_run *run, const struct fixer_result *result) {
	struct buffer out = {.arena = run->arena};
	for (size_t i = 0; i < result->files.count; i++)
		diff_write(run->arena, result->files.items[i].before, result->files.items[i].after, false, &out);
	require_hidden(run->arena, buffer_text(&out), "the difference");
}

static void take_over(struct test_file_list *files, const struct fixed_file *fixed) {
	for (size_t i = 0; i < files->count; i++)
		if (text_equal(files->items[i].path, fixed->before->path))
			files->items[i].content = fixed->after->bytes;
}

void planted_judge(struct arena *arena, const struct test_file_list *files, bool unsafe) {
	struct rule_test test = {.unsafe = unsafe};
	struct test_run first, second;
	struct test_file_list changed = {0};
	planted_lint(&first, &test, arena, files);
	report(&first, &first.diagnostics);
	struct fixer_result result = test_fix(&first);
	if (!result.refusal.length && result.files.count) {
		show_difference(&first, &result);
		report(&first, result.after.diagnostics);
		for (size_t i = 0; i < files->count; i++)
			*list_add(arena, &changed) = files->items[i];
		for (size_t i = 0; i < result.files.count; i++)
			take_over(&changed, &result.files.items[i]);
		planted_lint(&second, &test, arena, &changed);
		result = test_fix(&second);
		require(result.refusal.length || !result.files.count, "a second fix changes what the first has made");
	}
	redact_forget();
}
