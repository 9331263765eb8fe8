#include "apply/patch.h"

#include <errno.h>
#include <unistd.h>

#include "apply/guard.h"
#include "apply/lookup.h"
#include "base/file.h"
#include "source/source.h"

static bool read_guarded(struct run *run, const struct location *location, int descriptor, struct patch *patch) {
	struct stat status;
	if (fstat(descriptor, &status) < 0)
		return run_fail_system(run, "read", location->path, errno);
	if (!guard_file(run, location, &status)) return false;
	if (!file_read_all(run->arena, descriptor, (size_t)status.st_size, SOURCE_LARGEST, &patch->before))
		return run_fail_system(run, "read", location->path, errno);
	patch->before_size = patch->before.length;
	patch->old = (struct ownership){status.st_mode & 07777, status.st_uid, status.st_gid};
	patch->new = patch->old;
	patch->device = status.st_dev;
	patch->inode = status.st_ino;
	return true;
}

static bool open_located(struct run *run, const struct location *location, struct patch *patch) {
	int descriptor = openat(location->folder, location->name, OPEN_FILE);
	if (descriptor < 0)
		return run_fail_system(run, "open", location->path, errno);
	return file_close(descriptor, read_guarded(run, location, descriptor, patch));
}

bool patch_open(struct run *run, struct text path, bool follow_links, struct patch *patch) {
	struct location location;
	int error = lookup(run->arena, path, follow_links, &location);
	if (error)
		return run_fail_system(run, "open", path, error);
	*patch = (struct patch){.path = location.path, .folder = -1, .name = location.name};
	struct stat folder;
	if (!open_located(run, &location, patch) || fstat(location.folder, &folder) < 0) {
		close(location.folder);
		return run_fail_system(run, "read the folder of", location.path, errno);
	}
	patch->folder = run_keep_folder(run, location.folder, &folder);
	return true;
}
