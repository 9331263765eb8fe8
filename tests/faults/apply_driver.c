/* Changes two files through apply/ and nothing else, so that a fault can be put at each of its system calls.
 *
 *   apply_driver STATE fix FILE FILE [OPTION...]     OLD becomes NEWER in both; exit status 0, 4 or 5
 *   apply_driver STATE undo|recover|list [OPTION...]
 *   apply_driver STATE repeat COUNT FILE             changes FILE so many times in one process; exit status 0, or 1 when
 *                                                    descriptors or memory leak
 *
 * Options: none (keep nothing), suffix (.bak), in-place, force. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "apply/transaction.h"
#include "base/buffer.h"
#include "base/file.h"

static struct text read_path(struct arena *arena, const char *path) {
	struct text bytes;
	int descriptor = open(path, O_RDONLY | O_CLOEXEC);
	if (descriptor < 0 || !file_read_all(arena, descriptor, 0, (size_t)1 << 26, &bytes)) {
		perror(path);
		exit(4);
	}
	close(descriptor);
	return bytes;
}

static struct text renewed(struct arena *arena, struct text before) {
	struct buffer after = {.arena = arena};
	while (before.length) {
		size_t hit = text_find(before, TEXT("OLD"));
		buffer_add(&after, text_slice(before, 0, hit));
		if (hit != TEXT_NOT_FOUND)
			buffer_add(&after, TEXT("NEWER"));
		before = hit == TEXT_NOT_FOUND ? TEXT("") : text_from(before, hit + 3);
	}
	return buffer_text(&after);
}

static struct apply_outcome fix(struct arena *arena, char **paths, const struct apply_options *options) {
	struct change changes[2] = {0};
	for (size_t i = 0; i < 2; i++) {
		changes[i].path = text_of(paths[i]);
		changes[i].before = read_path(arena, paths[i]);
		changes[i].after = renewed(arena, changes[i].before);
		changes[i].rules = TEXT("test/old");
	}
	return apply_changes(arena, changes, 2, options);
}

static struct apply_outcome list(struct arena *arena, const struct apply_options *options) {
	struct kept_run_list runs = {0};
	struct apply_outcome outcome = apply_list_runs(arena, options, &runs);
	for (size_t i = 0; i < runs.count; i++)
		printf("%.*s\n", TEXT_ARGUMENTS(runs.items[i].id));
	return outcome;
}

/* What is held: the lowest free descriptor, and the most memory so far in KiB. */
struct held {
	int descriptor;
	long memory;
};

static struct held held_now(void) {
	struct rusage usage;
	int descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC);
	close(descriptor);
	getrusage(RUSAGE_SELF, &usage);
	return (struct held){descriptor, usage.ru_maxrss};
}

/* After a tenth of the runs all memory that is ever needed has been asked for. */
static int repeat(const char *state, long count, const char *path) {
	enum { SLACK = 256 };
	const struct apply_options options = {.state_directory = text_of(state), .keep_runs = 5};
	struct held early = held_now(), late;
	for (long i = 0; i < count; i++) {
		struct arena arena = {0};
		struct text before = read_path(&arena, path), after = text_format(&arena, "[general]\nrun = %ld\n", i);
		struct change change = {text_of(path), before, after, TEXT("test/repeat")};
		struct apply_outcome outcome = apply_changes(&arena, &change, 1, &options);
		if (outcome.result != APPLY_DONE) {
			fprintf(stderr, "%.*s\n", TEXT_ARGUMENTS(outcome.reason));
			return 4;
		}
		arena_release(&arena);
		if (i == count / 10)
			early = held_now();
	}
	late = held_now();
	printf("descriptors: %d, then %d; memory: %ld KiB, then %ld KiB\n", early.descriptor, late.descriptor,
	       early.memory, late.memory);
	return late.descriptor != early.descriptor || late.memory > early.memory + SLACK;
}

static void read_options(char **words, struct apply_options *options) {
	for (; *words; words++) {
		if (!strcmp(*words, "none"))
			options->backup = BACKUP_NONE;
		else if (!strcmp(*words, "suffix"))
			options->backup = BACKUP_SUFFIX;
		else if (!strcmp(*words, "in-place"))
			options->write_in_place = true;
		else if (!strcmp(*words, "force"))
			options->force = true;
	}
}

int main(int count, char **words) {
	struct arena arena = {0};
	struct text_list restored = {0};
	getppid(); /* shows in a trace where the program's own work begins */
	if (count < 3 || (!strcmp(words[2], "fix") && count < 5))
		return 2;
	if (!strcmp(words[2], "repeat"))
		return count < 5 ? 2 : repeat(words[1], strtol(words[3], NULL, 10), words[4]);
	bool fixes = !strcmp(words[2], "fix");
	struct apply_options options = {.state_directory = text_of(words[1]), .suffix = TEXT(".bak")};
	*list_add(&arena, &options.handlers) = TEXT("handler");
	read_options(words + (fixes ? 5 : 3), &options);
	struct apply_outcome outcome = fixes                       ? fix(&arena, words + 3, &options)
	                               : !strcmp(words[2], "undo") ? apply_undo(&arena, TEXT(""), &options, &restored)
	                               : !strcmp(words[2], "list") ? list(&arena, &options)
	                                                           : apply_recover(&arena, &options);
	if (outcome.reason.length)
		fprintf(stderr, "%.*s\n", TEXT_ARGUMENTS(outcome.reason));
	for (size_t i = 0; i < outcome.notes.count; i++)
		fprintf(stderr, "note: %.*s\n", TEXT_ARGUMENTS(outcome.notes.items[i]));
	arena_release(&arena);
	return outcome.result == APPLY_DONE ? 0 : outcome.result == APPLY_UNCHANGED ? 4 : 5;
}
