#include "apply/kept.h"

#include <errno.h>
#include <time.h>
#include <unistd.h>

#include "apply/journal.h"
#include "base/file.h"

enum { DEFAULT_RUNS = 10, LONGEST_AGE = 30 * 24 * 60 * 60 };

static struct text time_id(struct arena *arena, time_t seconds, long microseconds) {
	char digits[32];
	struct tm date;
	size_t length = gmtime_r(&seconds, &date) ? strftime(digits, sizeof(digits), "%Y%m%dT%H%M%S", &date) : 0;
	return text_format(arena, "%.*s.%06ldZ", (int)length, digits, microseconds);
}

struct text kept_new_id(struct arena *arena) {
	struct timespec now = {0};
	clock_gettime(CLOCK_REALTIME, &now);
	struct text time = time_id(arena, now.tv_sec, now.tv_nsec / 1000);
	return text_format(arena, "%.*s-%ld", TEXT_ARGUMENTS(time), (long)getpid());
}

bool kept_is_id(struct text name) {
	bool ok = text_matches_glob(name, TEXT("????????T??????.??????Z-*"), NULL);
	for (size_t i = 0; ok && i < name.length; i++)
		ok = text_is_word_byte(name.bytes[i]) || name.bytes[i] == '.' || name.bytes[i] == '-';
	return ok;
}

static int compare_newest_first(const void *a, const void *b) {
	return text_compare(*(const struct text *)b, *(const struct text *)a);
}

static bool read_names(struct run *run, int undo, struct text_list *ids) {
	DIR *stream = file_entries(undo);
	if (!stream) return false;
	const struct dirent *entry;
	while ((errno = 0, entry = readdir(stream)))
		if (kept_is_id(text_of(entry->d_name)))
			*list_add(run->arena, ids) = text_copy(run->arena, text_of(entry->d_name));
	int error = errno;
	closedir(stream);
	errno = error;
	return !error;
}

bool kept_list(struct run *run, struct text_list *ids) {
	int undo = journal_open_undo(run, false);
	if (undo < 0 && errno == ENOENT) return true;
	if (!file_close(undo, undo >= 0 && read_names(run, undo, ids)))
		return run_fail_state(run, "list the kept runs in");
	list_sort(ids, compare_newest_first);
	return true;
}

bool kept_remove(struct run *run, struct text id) {
	int undo = id.length ? journal_open_undo(run, false) : -1;
	if (undo < 0 && (!id.length || errno == ENOENT)) return true;
	bool removed = undo >= 0 && journal_remove(undo, text_string(run->arena, id), false);
	return file_close(undo, removed) || run_fail_state(run, "remove a kept run in");
}

static bool has_manifest(struct run *run, struct text id) {
	struct stat status;
	const char *path = text_format(run->arena, "undo/%.*s/manifest", TEXT_ARGUMENTS(id)).bytes;
	return !fstatat(run->state, path, &status, AT_SYMLINK_NOFOLLOW) || errno != ENOENT;
}

bool kept_prune(struct run *run) {
	struct text_list ids = {0};
	if (!kept_list(run, &ids)) return false;
	size_t keep = run->options->keep_runs ? run->options->keep_runs : DEFAULT_RUNS;
	struct timespec now = {0};
	clock_gettime(CLOCK_REALTIME, &now);
	struct text oldest = time_id(run->arena, now.tv_sec - LONGEST_AGE, 0);
	size_t kept = 0;
	for (size_t i = 0; i < ids.count; i++) {
		struct text id = ids.items[i];
		bool newest = text_equal(id, run->id); /* whatever the clock says */
		if (newest || (kept < keep && text_compare(id, oldest) >= 0))
			kept++;
		else if (!kept_remove(run, id))
			return false;
	}
	return true;
}

bool kept_sweep(struct run *run) {
	struct text_list ids = {0};
	if (!kept_list(run, &ids)) return false;
	for (size_t i = 0; i < ids.count; i++)
		if (!has_manifest(run, ids.items[i]) && !kept_remove(run, ids.items[i]))
			return false;
	return true;
}

int kept_open(struct run *run, struct text id) {
	int undo = kept_is_id(id) ? journal_open_undo(run, false) : -1;
	int folder = undo < 0 ? -1 : openat(undo, text_string(run->arena, id), OPEN_FOLDER);
	file_close(undo, true);
	if (folder < 0 && (!kept_is_id(id) || errno == ENOENT))
		run_fail(run, "there is no kept run %.*s; `arilint undo --list` shows those there are",
		         RUN_SHOWN(run, id));
	else if (folder < 0)
		run_fail_state(run, "open the kept run in");
	else if (!journal_trusts(run, folder, text_join(run->arena, TEXT("undo/"), id)))
		return file_close(folder, false) ? folder : -1;
	return folder;
}
