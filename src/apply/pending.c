#include "apply/pending.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "apply/content.h"
#include "apply/kept.h"
#include "base/buffer.h"
#include "base/file.h"
#include "trust/trust.h"

enum { LARGEST_MARKER = 64 * 1024, MOST_MARKERS = 1000 };

static struct text names_as_lines(struct arena *arena, const struct text_list *names) {
	struct buffer out = {.arena = arena};
	for (size_t i = 0; i < names->count; i++) {
		buffer_add(&out, names->items[i]);
		buffer_add_byte(&out, '\n');
	}
	return buffer_text(&out);
}

static bool fail(struct run *run, const char *action) {
	return run_fail_system(run, action, run_state_path(run, TEXT("pending"), NULL), errno);
}

/* Makes a file and forces it and its name to the disk. */
static bool store(struct run *run, int folder, const char *name, struct text bytes) {
	run_make_scratch(run, bytes.length);
	return content_store(folder, name, bytes) && content_settle_name(run, folder, name, bytes) && folder_sync(folder);
}

bool pending_write(struct run *run) {
	if (!run->handlers.count) return true;
	if (mkdirat(run->state, "pending", 0700) < 0 && errno != EEXIST)
		return fail(run, "make");
	int folder = openat(run->state, "pending", OPEN_FOLDER);
	if (folder < 0)
		return fail(run, "open");
	struct text lines = names_as_lines(run->arena, &run->handlers);
	return file_close(folder, store(run, folder, text_string(run->arena, run->id), lines)) || fail(run, "write in");
}

/* An empty folder goes, so that looking for markers costs no more than a name that is not there. */
static bool remove_empty(struct run *run) {
	return !unlinkat(run->state, "pending", AT_REMOVEDIR) || errno == ENOTEMPTY || errno == EEXIST || errno == ENOENT;
}

bool pending_remove(struct run *run, struct text id) {
	int folder = openat(run->state, "pending", OPEN_FOLDER);
	if (folder < 0)
		return errno == ENOENT || fail(run, "open");
	bool removed = (!unlinkat(folder, text_string(run->arena, id), 0) || errno == ENOENT) && folder_sync(folder);
	return (file_close(folder, removed) && remove_empty(run)) || fail(run, "remove a marker in");
}

static bool read_marker(struct arena *arena, int folder, const char *name, struct text_list *names) {
	struct text lines = TEXT("");
	int descriptor = openat(folder, name, OPEN_FILE);
	if (descriptor < 0) return false;
	const struct trusted us = trust_in(geteuid());
	struct text fault;
	bool read = file_close(descriptor, trust_descriptor(arena, descriptor, &us, &fault) &&
	                                           file_read_all(arena, descriptor, 256, LARGEST_MARKER, &lines));
	while (lines.length) {
		struct text line = text_cut(&lines, '\n');
		if (line.length)
			*list_add(arena, names) = line;
	}
	return read;
}

/* Renamed into place, so that a kill leaves the old marker or the new one. */
static bool rewrite(struct run *run, int folder, const char *name, const struct text_list *names) {
	if (unlinkat(folder, "new", 0) < 0 && errno != ENOENT) return false;
	return store(run, folder, "new", names_as_lines(run->arena, names)) && !renameat(folder, "new", folder, name) &&
	       folder_sync(folder);
}

bool pending_take_out(struct run *run, struct text id, struct text name) {
	struct text_list names = {0}, left = {0};
	const char *file = text_string(run->arena, id);
	int folder = openat(run->state, "pending", OPEN_FOLDER);
	if (folder < 0 || !read_marker(run->arena, folder, file, &names))
		return file_close(folder, errno == ENOENT) || fail(run, "read a marker in");
	for (size_t i = 0; i < names.count; i++)
		if (!text_equal(names.items[i], name))
			*list_add(run->arena, &left) = names.items[i];
	bool done = left.count == names.count || !left.count || rewrite(run, folder, file, &left);
	if (!file_close(folder, done))
		return fail(run, "write in");
	return left.count || pending_remove(run, id);
}

static int compare_oldest_first(const void *a, const void *b) {
	const struct pending_run *left = a, *right = b;
	return text_compare(left->id, right->id);
}

void pending_list(struct arena *arena, int folder, struct pending_list *pending) {
	DIR *stream = file_entries(folder);
	const struct dirent *entry;
	while (stream && pending->count < MOST_MARKERS && (entry = readdir(stream))) {
		struct pending_run run = {.id = text_copy(arena, text_of(entry->d_name))};
		if (kept_is_id(run.id) && read_marker(arena, folder, entry->d_name, &run.handlers) && run.handlers.count)
			*list_add(arena, pending) = run;
	}
	if (stream)
		closedir(stream);
	list_sort(pending, compare_oldest_first);
}
