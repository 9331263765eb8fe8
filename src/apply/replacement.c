#include "apply/replacement.h"

#include <errno.h>
#include <unistd.h>

#include "apply/attributes.h"
#include "apply/content.h"

bool replacement_is_owned(const struct stat *status, const struct ownership *ownership) {
	return status->st_uid == ownership->user && status->st_gid == ownership->group &&
	       (status->st_mode & 07777) == ownership->mode;
}

bool replacement_own(struct run *run, const struct patch *patch, int descriptor, const struct ownership *ownership) {
	struct stat status;
	if (fstat(descriptor, &status) < 0)
		return run_fail_system(run, "read the owner and mode of", patch->path, errno);
	if (replacement_is_owned(&status, ownership)) return true;
	bool same = status.st_uid == ownership->user && status.st_gid == ownership->group;
	if (!same && fchown(descriptor, ownership->user, ownership->group) < 0)
		return run_fail_system(run, "keep the owner and group of", patch->path, errno);
	/* After the owner: to change it takes away the set-user-id bits. */
	if (fchmod(descriptor, ownership->mode) < 0 || fstat(descriptor, &status) < 0)
		return run_fail_system(run, "keep the mode of", patch->path, errno);
	return replacement_is_owned(&status, ownership) ||
	       run_fail_system(run, "keep the owner and mode of", patch->path, ENOTSUP);
}

/* The file whose attributes the new one gets. */
static int open_model(struct run *run, const struct patch *patch) {
	struct stat status;
	int model = openat(patch->folder, patch->name, OPEN_FILE);
	if (model < 0 || fstat(model, &status) < 0) {
		run_fail_system(run, "read", patch->path, errno);
	} else if (patch->inode && (status.st_ino != patch->inode || status.st_dev != patch->device)) {
		run_fail(run, "%.*s was changed by another program meanwhile; run again", RUN_SHOWN(run, patch->path));
	} else {
		return model;
	}
	if (model >= 0)
		close(model);
	return -1;
}

/* The mode comes last: the access control list, when there is one, shares bits with it. */
static bool fill(struct run *run, struct patch *patch, int model, int descriptor, struct text bytes,
                 const struct ownership *ownership) {
	const struct ownership closed = {0600, ownership->user, ownership->group};
	if (!content_write(descriptor, bytes))
		return run_fail_system(run, "write the new", patch->path, errno);
	return replacement_own(run, patch, descriptor, &closed) && attributes_copy(run, patch, model, descriptor) &&
	       replacement_own(run, patch, descriptor, ownership);
}

bool replacement_settle(struct run *run, const struct patch *patch, const char *name, struct text bytes) {
	return content_settle_name(run, patch->folder, name, bytes) ||
	       run_fail_system(run, "write the new", patch->path, errno);
}

bool replacement_make(struct run *run, struct patch *patch, const char *name, struct text bytes,
                      const struct ownership *ownership) {
	int model = open_model(run, patch);
	if (model < 0) return false;
	int descriptor = openat(patch->folder, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	bool made = descriptor >= 0;
	if (made) {
		made = fill(run, patch, model, descriptor, bytes, ownership);
		close(descriptor);
	} else if (run->options->write_in_place && (errno == EROFS || errno == EACCES || errno == EPERM)) {
		patch->in_place = made = true;
	} else {
		run_fail_system(run, "make a new file beside", patch->path, errno);
	}
	close(model);
	return made;
}

bool replacement_back_up(struct run *run, struct patch *patch) {
	if (content_store(patch->folder, patch->backup, patch->before) &&
	    content_settle_name(run, patch->folder, patch->backup, patch->before))
		return true;
	int error = errno;
	if (error == EEXIST)
		patch->backup = NULL; /* somebody else's: clearing up leaves it alone */
	return run_fail_system(run, "make the backup beside", patch->path, error);
}

const char *replacement_backup_name(struct run *run, const struct patch *patch) {
	struct text suffix = run->options->suffix;
	if (!suffix.length || text_find_byte(suffix, '/') != TEXT_NOT_FOUND ||
	    text_find_byte(suffix, '\0') != TEXT_NOT_FOUND) {
		run_fail(run, "the suffix of backups must be a part of a file name, such as .bak; change --backup");
		return NULL;
	}
	enum { MOST_BACKUPS = 10000 };
	struct text first = text_format(run->arena, "%s%.*s", patch->name, TEXT_ARGUMENTS(suffix)), name = first;
	for (unsigned number = 1; number <= MOST_BACKUPS; number++) {
		struct stat status;
		const char *string = text_string(run->arena, name);
		if (fstatat(patch->folder, string, &status, AT_SYMLINK_NOFOLLOW) < 0) {
			if (errno == ENOENT)
				return string;
			run_fail_system(run, "name a backup beside", patch->path, errno);
			return NULL;
		}
		name = text_format(run->arena, "%.*s.%u", TEXT_ARGUMENTS(first), number);
	}
	run_fail(run, "%.*s has %d backups beside it; remove some", RUN_SHOWN(run, patch->path), MOST_BACKUPS);
	return NULL;
}
