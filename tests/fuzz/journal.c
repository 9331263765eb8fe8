/* Files of a state folder (`--- state/...`) and those that it speaks of (`--- files/...`), each behind a line with its path;
 * `{scratch}` stands for the folder that both are in. A killed run is put back and kept runs are undone: afterwards each file
 * holds all that one of the files of the input held. An input whose manifests speak of other places is passed over. */
#include <fcntl.h>
#include <unistd.h>

#include "apply/manifest.h"
#include "apply/transaction.h"
#include "base/buffer.h"
#include "base/file.h"
#include "parts.h"
#include "scratch.h"
#include "target.h"

enum { MOST_FILES = 16, LARGEST = 1 << 20 };

static struct text_list contents;

static struct text place_in(struct arena *arena, struct text bytes) {
	struct buffer out = {.arena = arena};
	for (size_t hit; (hit = text_find(bytes, TEXT("{scratch}"))) != TEXT_NOT_FOUND; bytes = text_from(bytes, hit + 9)) {
		buffer_add(&out, text_slice(bytes, 0, hit));
		buffer_add(&out, scratch_folder());
	}
	buffer_add(&out, bytes);
	return buffer_text(&out);
}

/* Whatever else may be in a manifest: no file outside of the scratch folder is in danger. */
static bool is_harmless(struct arena *arena, struct text path, struct text bytes) {
	struct run run = {.arena = arena};
	struct text files = text_join(arena, scratch_folder(), TEXT("/files/"));
	bool harmless = true;
	if (!text_ends_with(path, TEXT("/manifest"))) return true;
	manifest_read(&run, bytes);
	for (size_t i = 0; i < run.patches.count; i++)
		harmless = harmless && text_starts_with(run.patches.items[i].path, files) &&
		           text_find(run.patches.items[i].path, TEXT("..")) == TEXT_NOT_FOUND;
	return harmless;
}

static bool lay_out(struct arena *arena, struct text rest) {
	struct text path, bytes;
	bool harmless = true;
	contents = (struct text_list){0};
	while (harmless && contents.count < MOST_FILES && parts_cut(&rest, &path, &bytes)) {
		bytes = place_in(arena, bytes);
		harmless = is_harmless(arena, path, bytes);
		*list_add(arena, &contents) = bytes;
		if (harmless && (text_starts_with(path, TEXT("state/")) || text_starts_with(path, TEXT("files/"))))
			scratch_write(path, bytes);
	}
	return harmless && contents.count;
}

static void require_whole(const char *path) {
	struct arena arena = {0};
	struct text bytes = TEXT("");
	int descriptor = open(path, O_RDONLY | O_CLOEXEC);
	bool read = file_close(descriptor, descriptor >= 0 && file_read_all(&arena, descriptor, 0, LARGEST, &bytes));
	require(read && text_list_has(&contents, bytes), "%s holds what no file held", path);
	arena_release(&arena);
}

static void put_back(struct arena *arena) {
	const struct apply_options options = {.state_directory = text_join(arena, scratch_folder(), TEXT("/state"))};
	struct kept_run_list runs = {0};
	struct text_list restored = {0};
	apply_was_interrupted(arena, &options);
	apply_pending(arena, &options);
	struct apply_outcome outcome = apply_recover(arena, &options);
	require(outcome.result == APPLY_DONE || outcome.reason.length, "it is not put back and nothing says why");
	scratch_each("files", require_whole);
	if (outcome.result == APPLY_DONE) {
		require(!apply_was_interrupted(arena, &options), "it is put back and is to be put back again");
		apply_list_runs(arena, &options, &runs);
		outcome = apply_undo(arena, TEXT(""), &options, &restored);
		require(outcome.result == APPLY_DONE || outcome.reason.length, "it is not undone and nothing says why");
		scratch_each("files", require_whole);
	}
}

void take_journal(struct text bytes) {
	struct arena arena = {0};
	scratch_folder();
	if (lay_out(&arena, bytes))
		put_back(&arena);
	scratch_clear();
	arena_release(&arena);
}
