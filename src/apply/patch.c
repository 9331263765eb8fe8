#include "apply/patch.h"

#include <errno.h>
#include <unistd.h>

#include "apply/guard.h"
#include "base/file.h"
#include "source/source.h"

static bool read_guarded(struct run *run, const struct way *way, int descriptor, struct patch *patch) {
	struct stat status;
	if (fstat(descriptor, &status) < 0)
		return run_fail_system(run, "read", way->path, errno);
	if (!guard_file(run, way, descriptor, &status)) return false;
	if (!file_read_all(run->arena, descriptor, (size_t)status.st_size, SOURCE_LARGEST, &patch->before))
		return run_fail_system(run, "read", way->path, errno);
	patch->before_size = patch->before.length;
	patch->old = (struct ownership){status.st_mode & 07777, status.st_uid, status.st_gid};
	patch->new = patch->old;
	patch->device = status.st_dev;
	patch->inode = status.st_ino;
	return true;
}

static bool open_at_end(struct run *run, const struct way *way, struct patch *patch) {
	int descriptor = openat(way->folder, way->name, OPEN_FILE);
	if (descriptor < 0)
		return run_fail_system(run, "open", way->path, errno);
	return file_close(descriptor, read_guarded(run, way, descriptor, patch));
}

bool patch_open(struct run *run, struct text path, bool follow_links, struct patch *patch) {
	struct way way;
	int error = way_walk(run->arena, path, follow_links ? WAY_FILE : WAY_WITHOUT_LINKS, &way);
	if (error)
		return run_fail_system(run, "open", path, error);
	*patch = (struct patch){.path = way.path, .folder = -1, .name = way.name};
	bool opened = open_at_end(run, &way, patch) && run_open_folder(run, &way, &patch->folder);
	int fault = errno;
	close(way.folder);
	return opened || run_fail_system(run, "read the folder of", way.path, fault);
}
