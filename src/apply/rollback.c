#include "apply/rollback.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "apply/content.h"
#include "apply/journal.h"
#include "apply/kept.h"
#include "apply/pending.h"
#include "apply/publish.h"
#include "apply/replacement.h"
#include "base/file.h"

enum action {
	DROP,         /* the file is old, or was never ours to change; the temporary goes */
	SWAP,         /* the displaced file comes back, with whatever somebody wrote into it */
	RESTORE,      /* a file of the kept bytes takes its place */
	ABANDON,      /* somebody else has changed what was published: it stays his, the temporary goes */
	ABANDON_KEEP, /* so, and the temporary stays: its bytes are somebody's, too */
	FAIL          /* it can't be read now */
};

/* By what the file holds, then by what the temporary holds. */
static const unsigned char actions[CONTENT_KINDS][CONTENT_KINDS] = {
	/*                    absent   old      new      other         unknown */
	[CONTENT_ABSENT]  = {ABANDON, ABANDON, DROP,    ABANDON_KEEP, FAIL},
	[CONTENT_OLD]     = {DROP,    DROP,    DROP,    ABANDON_KEEP, FAIL},
	[CONTENT_NEW]     = {RESTORE, SWAP,    RESTORE, SWAP,         SWAP},
	[CONTENT_OTHER]   = {ABANDON, ABANDON, DROP,    ABANDON_KEEP, FAIL},
	[CONTENT_UNKNOWN] = {FAIL,    FAIL,    FAIL,    FAIL,         FAIL},
};

/* The name under which a restored file is made: under its own, a half made one would pass for a displaced file. */
static const char *unfinished_name(struct run *run, const struct patch *patch) {
	return text_format(run->arena, "%s.part", patch->temporary).bytes;
}

static bool drop_name(struct run *run, const struct patch *patch, const char *name) {
	struct stat status;
	if (patch->folder < 0 || !unlinkat(patch->folder, name, 0) || errno == ENOENT) return true;
	/* A read-only file system refuses before it looks. */
	int error = errno;
	if (fstatat(patch->folder, name, &status, AT_SYMLINK_NOFOLLOW) < 0 && errno == ENOENT) return true;
	return run_fail_system(run, "remove the temporary file beside", patch->path, error);
}

static bool drop(struct run *run, const struct patch *patch) {
	return drop_name(run, patch, patch->temporary) && drop_name(run, patch, unfinished_name(run, patch));
}

static bool abandon(struct run *run, const struct patch *patch, bool keep_temporary) {
	run->abandoned = true;
	struct text path = run_escape(run->arena, patch->path);
	run_note(run,
	         "%.*s was changed or removed by another program after arilint had written it and stays as it is; `arilint "
	         "undo %.*s --force` brings the original back",
	         TEXT_ARGUMENTS(path), TEXT_ARGUMENTS(run->id));
	if (!keep_temporary)
		return drop(run, patch);
	run_note(run, "a change that another program made to %.*s is kept beside it in %s", TEXT_ARGUMENTS(path),
	         patch->temporary);
	return drop_name(run, patch, unfinished_name(run, patch));
}

/* What the exchange brings out again is ours, or an edit made at this very moment, which then goes back in. */
static bool swap_back(struct run *run, struct patch *patch) {
	int error = publish_exchange(patch);
	if (publish_cannot_exchange(error) && !renameat(patch->folder, patch->temporary, patch->folder, patch->name))
		return true;
	if (error)
		return run_fail_system(run, "put back", patch->path, error);
	enum content displaced = content_of(run, patch, patch->temporary, NULL);
	if (displaced == CONTENT_NEW)
		return drop(run, patch);
	if (displaced == CONTENT_UNKNOWN)
		return run_fail_system(run, "read what was displaced from", patch->path, errno);
	error = publish_exchange(patch);
	if (error)
		return run_fail_system(run, "put back", patch->path, error);
	return abandon(run, patch, content_of(run, patch, patch->temporary, NULL) != CONTENT_OLD);
}

static bool restore(struct run *run, struct patch *patch) {
	const char *unfinished = unfinished_name(run, patch);
	patch->inode = 0;
	if (!drop(run, patch) || !replacement_make(run, patch, unfinished, patch->before, &patch->old) ||
	    !replacement_settle(run, patch, unfinished, patch->before))
		return false;
	if (renameat(patch->folder, unfinished, patch->folder, patch->temporary) < 0)
		return run_fail_system(run, "put back", patch->path, errno);
	return swap_back(run, patch);
}

/* True when each byte is the old or the new one of its place: a write in place that stopped midway. */
static bool is_half_written(struct run *run, const struct patch *patch) {
	struct text bytes = TEXT("");
	int descriptor = openat(patch->folder, patch->name, OPEN_FILE);
	bool half = descriptor >= 0 && content_read(run, descriptor, &bytes) && bytes.length < run->scratch_size;
	file_close(descriptor, half);
	for (size_t i = 0; half && i < bytes.length; i++)
		half = (i < patch->before.length && bytes.bytes[i] == patch->before.bytes[i]) ||
		       (i < patch->after.length && bytes.bytes[i] == patch->after.bytes[i]);
	return half;
}

static bool put_back_in_place(struct run *run, struct patch *patch) {
	enum content content = content_of(run, patch, patch->name, NULL);
	if (content == CONTENT_UNKNOWN)
		return run_fail_system(run, "read", patch->path, errno);
	if (content == CONTENT_OLD)
		return drop(run, patch);
	if (content == CONTENT_NEW || (content == CONTENT_OTHER && is_half_written(run, patch)))
		return publish_in_place(run, patch, patch->before, &patch->old) && drop(run, patch);
	return abandon(run, patch, false);
}

static bool put_back(struct run *run, struct patch *patch) {
	if (run->phase == PHASE_PREPARE)
		return drop(run, patch);
	if (patch->in_place)
		return put_back_in_place(run, patch);
	enum content content = content_of(run, patch, patch->name, NULL);
	if (content == CONTENT_UNKNOWN)
		return run_fail_system(run, "read", patch->path, errno);
	enum content temporary = content_of(run, patch, patch->temporary, NULL);
	int error = errno;
	switch ((enum action)actions[content][temporary]) {
	case DROP: return drop(run, patch);
	case SWAP: return swap_back(run, patch);
	case RESTORE: return restore(run, patch);
	case ABANDON: return abandon(run, patch, false);
	case ABANDON_KEEP: return abandon(run, patch, true);
	case FAIL: break;
	}
	return run_fail_system(run, "read the temporary file beside", patch->path, error);
}

/* The copy beside the file goes with the run: it holds the original or, after a kill, the beginning of it. */
static bool remove_backup(struct run *run, const struct patch *patch) {
	if (!patch->backup || patch->folder < 0) return true;
	struct text bytes = TEXT("");
	int descriptor = openat(patch->folder, patch->backup, OPEN_FILE);
	if (descriptor < 0 && errno == ENOENT) return true;
	bool read = file_close(descriptor, descriptor >= 0 && content_read(run, descriptor, &bytes));
	if (read && (!text_starts_with(patch->before, bytes) || !unlinkat(patch->folder, patch->backup, 0)))
		return true;
	return run_fail_system(run, "remove the backup beside", patch->path, errno);
}

/* All folders, but for those of one file system where `except` names it. */
static bool sync_folders(struct run *run, const struct stat *except) {
	for (size_t i = 0; i < run->folders.count; i++) {
		const struct folder *folder = run->folders.items[i];
		if (!(except && folder->device == except->st_dev) && !folder_sync(folder->descriptor))
			return run_fail(run, "the system can't force changed folders to the disk; check the disk (dmesg)");
	}
	return true;
}

bool rollback_sync(struct run *run) { return sync_folders(run, NULL); }

/* What was removed in folders of the state folder's file system can't come back while what is done there afterwards is
 * kept: file systems that have a log keep its order. Others are told to write it down first. */
static bool sync_elsewhere(struct run *run) {
	struct stat state;
	return fstat(run->state, &state) < 0 ? run_fail_state(run, "open the state folder") : sync_folders(run, &state);
}

static bool remove_journal(struct run *run) {
	if (!journal_remove(run->state, journal_names[run->phase], true))
		return run_fail_state(run, "remove the journal in");
	run->phase = PHASE_NONE;
	return true;
}

bool rollback(struct run *run) {
	bool done = true;
	if (run->phase == PHASE_NONE) return true;
	for (size_t i = 0; i < run->patches.count; i++) {
		done = put_back(run, &run->patches.items[i]) && done;
		done = remove_backup(run, &run->patches.items[i]) && done;
	}
	if (!done || !rollback_sync(run)) return false;
	if (run->abandoned)
		return journal_file_away(run);
	return (!run->handlers.count || pending_remove(run, run->id)) && remove_journal(run);
}

static bool drop_displaced(struct run *run, struct patch *patch) {
	enum content content = content_of(run, patch, patch->temporary, NULL);
	if (content == CONTENT_UNKNOWN)
		return run_fail_system(run, "read the temporary file beside", patch->path, errno);
	if (content == CONTENT_OLD || content == CONTENT_NEW)
		return drop(run, patch);
	if (content == CONTENT_OTHER)
		run_note(run, "another program wrote into the old %.*s while it was replaced; that text is kept beside it in %s",
		         RUN_SHOWN(run, patch->path), patch->temporary);
	return true;
}

bool rollback_clear_up(struct run *run) {
	for (size_t i = 0; i < run->patches.count; i++)
		if (!drop_displaced(run, &run->patches.items[i]))
			return false;
	/* An undo needs all handlers of the run again, and has noted them: what that run still needed is among them. */
	if (run->undoes.length && run->handlers.count && !pending_remove(run, run->undoes)) return false;
	if (!sync_elsewhere(run) || !kept_remove(run, run->undoes)) return false;
	if (run->keep)
		return journal_file_away(run) && kept_prune(run);
	return remove_journal(run);
}
