/* Any bytes as a log of a backend whose files hold a secret: what they mean is told, the secret is not. */
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "command/diagnosis.h"
#include "inventory/redact.h"
#include "planted.h"
#include "target.h"

static void read_lines(struct arena *arena, struct text bytes, struct diagnosis_report *report, struct log_matches *matches) {
	struct arena scratch = {0};
	struct log_reader reader = {.arena = arena, .descriptor = memfd_create("log", MFD_CLOEXEC), .stop = -1};
	struct log_line line;
	require(reader.descriptor >= 0 && file_write_all(reader.descriptor, bytes), "no memory for a log");
	lseek(reader.descriptor, 0, SEEK_SET);
	while (log_read_line(&reader, &line)) {
		require(line.bytes.length <= LOG_LONGEST_LINE, "a line of %zu bytes", line.bytes.length);
		log_matches_take(matches, &scratch, TEXT("fuzz.log"), reader.count, &line);
	}
	require(!reader.error, "a log that is not read to its end");
	*list_add(arena, &report->logs) = (struct diagnosed_log){.path = TEXT("fuzz.log"), .lines = reader.count};
	close(reader.descriptor);
	arena_release(&scratch);
}

static void diagnose(struct arena *arena, struct text bytes, struct test_run *run) {
	struct redaction redaction = {.arena = arena};
	struct diagnosis_report report = {.arena = arena, .version = "0", .file_count = run->inputs.count};
	struct log_matches matches = {0};
	struct buffer text = {.arena = arena}, json = {.arena = arena};
	lint_learn(&run->lint, LEARN_UNUSUAL, &redaction);
	log_matches_begin(&matches, arena, &run->options.packs);
	read_lines(arena, bytes, &report, &matches);
	diagnosis_collect(&report, &matches, &redaction, &run->lint);
	diagnosis_write_text(&report, &text);
	diagnosis_write_json(&report, &json);
	require_hidden(arena, buffer_text(&text), "the diagnosis");
	require_hidden(arena, buffer_text(&json), "the diagnosis in JSON");
}

void take_log(struct text bytes) {
	struct arena arena = {0};
	struct test_file_list files = {0};
	struct rule_test test = {0};
	struct test_run run;
	planted_add_files(&arena, &files);
	planted_lint(&run, &test, &arena, &files);
	diagnose(&arena, bytes, &run);
	redact_forget();
	arena_release(&arena);
}
