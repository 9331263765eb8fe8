#include "apply/transaction.h"

#include <errno.h>
#include <stdio.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "apply/content.h"
#include "apply/journal.h"
#include "base/file.h"
#include "base/path.h"
#include "process/process.h"
#include "trust/trust.h"

struct text apply_default_state_directory(struct arena *arena) {
	return geteuid() == 0 ? TEXT("/var/lib/arilint") : path_of_user(arena, "XDG_STATE_HOME", ".local/state", "arilint");
}

bool apply_was_interrupted(struct arena *arena, const struct apply_options *options) {
	struct text state = options->state_directory;
	for (enum phase phase = PHASE_PREPARE; state.length && phase <= PHASE_DONE; phase++) {
		struct text path = text_format(arena, "%.*s/%s", TEXT_ARGUMENTS(state), journal_names[phase]);
		if (!faccessat(AT_FDCWD, path.bytes, F_OK, AT_SYMLINK_NOFOLLOW)) return true;
	}
	return false;
}

/* Makes one folder and forces its name to the disk. */
static bool make_folder(int parent, const char *name) {
	if (mkdirat(parent, name, 0700) < 0)
		return errno == EEXIST;
	int readable = openat(parent, ".", OPEN_FOLDER);
	return file_close(readable, readable >= 0 && folder_sync(readable));
}

/* A descriptor of the folder, fit for fsync, or -1 with errno set. */
static int open_folders(struct arena *arena, struct text path, bool make) {
	int folder = open(path.length && path.bytes[0] == '/' ? "/" : ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	while (folder >= 0 && path.length) {
		struct text component = text_cut(&path, '/');
		if (!component.length) continue;
		const char *name = text_string(arena, component);
		bool there = !make || make_folder(folder, name);
		int next = there ? openat(folder, name, O_PATH | O_DIRECTORY | O_CLOEXEC) : -1;
		file_close(folder, there);
		folder = next;
	}
	int readable = folder < 0 ? -1 : openat(folder, ".", OPEN_FOLDER);
	file_close(folder, true);
	return readable;
}

/* The folder itself, and those on the way: who could put another in its place says what is put back where. */
static bool is_ours(struct run *run) {
	const struct trusted us = trust_in_us(), alone = trust_in(geteuid());
	struct stat opened, found;
	struct text path = run->options->state_directory, fault = TEXT("");
	int again = trust_open(run->arena, path, WAY_FOLDER, &us, &fault);
	bool same = again >= 0 && !fstat(run->state, &opened) && !fstat(again, &found) && opened.st_dev == found.st_dev &&
	            opened.st_ino == found.st_ino && opened.st_uid == geteuid();
	if (file_close(again, same && trust_descriptor(run->arena, run->state, &alone, &fault))) return true;
	return run_fail(run,
	                "the state folder %.*s belongs to somebody else or others may write to it%s%.*s; give it to the user "
	                "who runs arilint, with mode 0700, or choose another with --state-dir",
	                RUN_SHOWN(run, path), fault.length ? ": " : "", RUN_SHOWN(run, fault));
}

bool journal_trusts(struct run *run, int descriptor, struct text name) {
	const struct trusted alone = trust_in(geteuid());
	struct text fault = TEXT("");
	if (trust_descriptor(run->arena, descriptor, &alone, &fault)) return true;
	run_fail(run, "%.*s is not obeyed: it %.*s; look at it and remove it",
	         RUN_SHOWN(run, run_state_path(run, name, NULL)), TEXT_ARGUMENTS(fault));
	errno = EPERM;
	return false;
}

bool journal_open_state(struct run *run, bool make) {
	struct text path = run->options->state_directory;
	if (!path.length || text_find_byte(path, '\0') != TEXT_NOT_FOUND)
		return run_fail(run, "there is no state folder: HOME is not set; name one with --state-dir");
	run->state = open_folders(run->arena, path, make);
	if (run->state >= 0)
		return is_ours(run);
	if (errno == ENOENT && !make) return true;
	return run_fail_state(run, make ? "make the state folder" : "open the state folder");
}

static struct text holder_of(struct run *run) {
	char holder[24];
	ssize_t length = pread(run->lock, holder, sizeof(holder), 0);
	struct text process = text_trim((struct text){holder, length > 0 ? (size_t)length : 0}, " \n");
	int64_t number;
	return text_to_integer(process, &number) ? text_copy(run->arena, process) : TEXT("unknown");
}

/* Takes the lock as soon as whoever has it lets it go; no signal is let in, but one that waits ends the waiting. */
static bool wait_for_lock(struct run *run) {
	const struct timespec while_away = {0, 20 * 1000 * 1000};
	int64_t until = process_clock() + (int64_t)run->options->lock_timeout * 1000;
	struct text process = holder_of(run);
	if (run->options->lock_timeout && run->options->tell_waiting)
		run->options->tell_waiting(run->arena, process);
	while (!signals_waiting(run->signals) && process_clock() < until) {
		nanosleep(&while_away, NULL);
		if (!flock(run->lock, LOCK_EX | LOCK_NB)) return true;
		if (errno != EWOULDBLOCK) return run_fail_state(run, "lock the state folder");
	}
	if (signals_waiting(run->signals))
		return run_fail(run, "a signal stopped it; run again");
	return run_fail(run,
	                "another arilint (process %.*s) is at work with the state folder %.*s; wait until it has ended, or "
	                "give --lock-timeout more seconds",
	                TEXT_ARGUMENTS(process), RUN_SHOWN(run, run->options->state_directory));
}

bool journal_lock(struct run *run) {
	run->lock = openat(run->state, "lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (run->lock < 0)
		return run_fail_state(run, "write in the state folder");
	if (!journal_trusts(run, run->lock, TEXT("lock"))) return false;
	if (flock(run->lock, LOCK_EX | LOCK_NB) < 0 &&
	    !(errno == EWOULDBLOCK ? wait_for_lock(run) : run_fail_state(run, "lock the state folder")))
		return false;
	char holder[24];
	int length = snprintf(holder, sizeof(holder), "%ld\n", (long)getpid());
	return (!ftruncate(run->lock, 0) && pwrite(run->lock, holder, (size_t)length, 0) == length) ||
	       run_fail_state(run, "write in the state folder");
}
