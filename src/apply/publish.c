#include "apply/publish.h"

#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "apply/content.h"
#include "apply/replacement.h"
#include "base/file.h"

/* RENAME_EXCHANGE of linux/fs.h; not every C library has it or the call. */
enum { EXCHANGE = 2 };

int publish_exchange(const struct patch *patch) {
	long failed = syscall(SYS_renameat2, patch->folder, patch->temporary, patch->folder, patch->name, EXCHANGE);
	return failed ? errno : 0;
}

bool publish_cannot_exchange(int error) { return error == EINVAL || error == ENOSYS || error == ENOTSUP; }

/* Somebody else's change of bytes, owner or mode is never lost. */
static bool is_unchanged(struct run *run, const struct patch *patch, const char *name) {
	struct stat status;
	enum content content = content_of(run, patch, name, &status);
	if (content == CONTENT_UNKNOWN)
		return run_fail_system(run, "read", patch->path, errno);
	if (content == CONTENT_OLD && replacement_is_owned(&status, &patch->old)) return true;
	return run_fail(run, "%.*s was changed by another program meanwhile; run again", RUN_SHOWN(run, patch->path));
}

static bool rename_over(struct run *run, const struct patch *patch) {
	if (!is_unchanged(run, patch, patch->name)) return false;
	return !renameat(patch->folder, patch->temporary, patch->folder, patch->name) ||
	       run_fail_system(run, "replace", patch->path, errno);
}

bool publish_in_place(struct run *run, struct patch *patch, struct text bytes, const struct ownership *ownership) {
	int descriptor = openat(patch->folder, patch->name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (descriptor < 0)
		return run_fail_system(run, "write", patch->path, errno);
	bool written = content_write(descriptor, bytes) && replacement_own(run, patch, descriptor, ownership) &&
	               content_settle(run, descriptor, bytes);
	/* What replacement_own() has said of its failure stays the reason. */
	return file_close(descriptor, written) || run_fail_system(run, "write", patch->path, errno);
}

/* Without an exchange the new bytes are kept in the journal first: a recovery then knows a write that stopped midway. */
static bool overwrite(struct run *run, struct patch *patch) {
	char name[32];
	snprintf(name, sizeof(name), "%zu.new", (size_t)(patch - run->patches.items));
	patch->in_place = true;
	if (!content_store(run->journal, name, patch->after) ||
	    !content_settle_name(run, run->journal, name, patch->after) || !folder_sync(run->journal))
		return run_fail_state(run, "write the journal in");
	return is_unchanged(run, patch, patch->name) && publish_in_place(run, patch, patch->after, &patch->new);
}

bool publish(struct run *run, struct patch *patch) {
	if (signals_waiting(run->signals))
		return run_fail(run, "a signal stopped it; run again");
	int error = patch->in_place ? EBUSY : publish_exchange(patch);
	if (!error)
		return is_unchanged(run, patch, patch->temporary);
	if (publish_cannot_exchange(error))
		return rename_over(run, patch);
	if (error != EBUSY)
		return run_fail_system(run, "replace", patch->path, error);
	if (run->options->write_in_place)
		return overwrite(run, patch);
	return run_fail(run,
	                "can't replace %.*s: it is a mount point, as of a file mounted into a container; run arilint "
	                "outside of it, or with --write-in-place",
	                RUN_SHOWN(run, patch->path));
}
