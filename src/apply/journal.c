#include "apply/journal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "apply/content.h"
#include "apply/manifest.h"
#include "base/file.h"
#include "source/source.h"

const char *const journal_names[] = {NULL, "journal-prepare", "journal-publish", "journal-done"};

enum { LARGEST_MANIFEST = 64 * 1024 * 1024 };

static bool name_original(char name[32], size_t index, const char *suffix) {
	return snprintf(name, 32, "%zu%s", index, suffix) > 0;
}

static bool store_originals(struct run *run) {
	for (size_t i = 0; i < run->patches.count; i++) {
		char name[32];
		if (!name_original(name, i, "") || !content_store(run->journal, name, run->patches.items[i].before))
			return run_fail_state(run, "keep the original in");
	}
	return true;
}

static bool store_manifest(struct run *run) {
	run->manifest = manifest_write(run);
	run_make_scratch(run, run->manifest.length);
	if (run->manifest.length <= LARGEST_MANIFEST && content_store(run->journal, "manifest.new", run->manifest) &&
	    !renameat(run->journal, "manifest.new", run->journal, "manifest"))
		return true;
	return run_fail_state(run, "write the journal in");
}

bool journal_settle(struct run *run) {
	char name[32];
	bool settled = content_settle_name(run, run->journal, "manifest", run->manifest);
	for (size_t i = 0; settled && i < run->patches.count; i++)
		settled = name_original(name, i, "") &&
		          content_settle_name(run, run->journal, name, run->patches.items[i].before);
	return (settled && folder_sync(run->journal)) || run_fail_state(run, "write the journal in");
}

bool journal_begin(struct run *run) {
	const char *name = journal_names[PHASE_PREPARE];
	if (getrandom(run->key.bytes, sizeof(run->key.bytes), 0) != (ssize_t)sizeof(run->key.bytes))
		return run_fail(run, "the system gives no random numbers; nothing was changed");
	for (size_t i = 0; i < run->patches.count; i++) {
		struct patch *patch = &run->patches.items[i];
		patch->before_hash = siphash(&run->key, patch->before);
		patch->after_hash = siphash(&run->key, patch->after);
	}
	run_make_scratch(run, 0);
	if (mkdirat(run->state, name, 0700) < 0)
		return run_fail_state(run, "write in the state folder");
	run->phase = PHASE_PREPARE;
	run->journal = openat(run->state, name, OPEN_FOLDER);
	if (run->journal < 0)
		return run_fail_state(run, "open the journal in");
	return store_originals(run) && store_manifest(run);
}

bool journal_advance(struct run *run, enum phase next) {
	if (renameat(run->state, journal_names[run->phase], run->state, journal_names[next]) < 0)
		return run_fail_state(run, "write the journal in");
	run->phase = next;
	return folder_sync(run->state) || run_fail_state(run, "write the journal in");
}

/* `of` is the folder's name, for messages. */
static bool read_file(struct run *run, int folder, const char *of, const char *name, size_t largest, struct text *bytes) {
	struct stat status;
	int descriptor = openat(folder, name, OPEN_FILE);
	return file_close(descriptor, descriptor >= 0 && !fstat(descriptor, &status) &&
	                              journal_trusts(run, descriptor, text_format(run->arena, "%s/%s", of, name)) &&
	                              file_read_all(run->arena, descriptor, (size_t)status.st_size, largest, bytes));
}

bool journal_load_manifest(struct run *run, int folder, const char *name, bool *absent) {
	struct text text, path = run_state_path(run, text_of(name), "manifest");
	*absent = !read_file(run, folder, name, "manifest", LARGEST_MANIFEST, &text);
	if (*absent)
		return errno == ENOENT || run_fail_system(run, "read", path, errno);
	return manifest_read(run, text) ||
	       run_fail(run,
	                "%.*s is damaged; put its files back by hand from the copies beside it, then remove the folder",
	                RUN_SHOWN(run, path));
}

/* The new bytes of a file that is written in place are kept as well: a write that stopped midway is known by them. */
static void load_new(struct run *run, int folder, const char *of, size_t index) {
	struct patch *patch = &run->patches.items[index];
	char name[32];
	struct text bytes;
	patch->in_place = name_original(name, index, ".new") &&
	                  read_file(run, folder, of, name, patch->after_size, &bytes) &&
	                  siphash(&run->key, bytes) == patch->after_hash;
	if (patch->in_place)
		patch->after = bytes;
}

bool journal_load(struct run *run, int folder, const char *name, bool *absent) {
	if (!journal_load_manifest(run, folder, name, absent)) return false;
	for (size_t i = 0; i < run->patches.count; i++) {
		struct patch *patch = &run->patches.items[i];
		char original[32];
		name_original(original, i, "");
		struct text path = run_state_path(run, text_of(name), original);
		if (!read_file(run, folder, name, original, patch->before_size, &patch->before))
			return run_fail_system(run, "read", path, errno);
		if (patch->before.length != patch->before_size || siphash(&run->key, patch->before) != patch->before_hash)
			return run_fail(run, "%.*s is damaged: it is not the original that was kept there",
			                RUN_SHOWN(run, path));
		load_new(run, folder, name, i);
		if (run->reason.length) return false;
	}
	run_make_scratch(run, 0);
	return true;
}

static bool remove_files(int descriptor) {
	DIR *stream = file_entries(descriptor);
	if (!stream) return false;
	bool removed = true;
	const struct dirent *entry;
	while (removed && (errno = 0, entry = readdir(stream)))
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
			removed = !unlinkat(descriptor, entry->d_name, 0);
	removed = removed && !errno;
	int error = errno;
	closedir(stream);
	errno = error;
	return removed;
}

bool journal_remove(int parent, const char *name, bool sync) {
	int descriptor = openat(parent, name, OPEN_FOLDER);
	if (descriptor < 0)
		return errno == ENOENT;
	bool removed = (!unlinkat(descriptor, "manifest", 0) || errno == ENOENT) &&
	               (!sync || folder_sync(descriptor)) && remove_files(descriptor);
	return file_close(descriptor, removed) && !unlinkat(parent, name, AT_REMOVEDIR) && (!sync || folder_sync(parent));
}

int journal_open_undo(struct run *run, bool make) {
	if (make && mkdirat(run->state, "undo", 0700) < 0 && errno != EEXIST) return -1;
	int undo = openat(run->state, "undo", OPEN_FOLDER);
	if (undo < 0 || journal_trusts(run, undo, TEXT("undo")))
		return undo;
	file_close(undo, false);
	return -1;
}

bool journal_file_away(struct run *run) {
	int undo = journal_open_undo(run, true);
	bool moved = undo >= 0 && !renameat(run->state, journal_names[run->phase], undo, text_string(run->arena, run->id));
	if (moved)
		run->phase = PHASE_NONE;
	return file_close(undo, moved) || run_fail_state(run, "keep the originals in");
}
