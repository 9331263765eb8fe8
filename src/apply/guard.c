#include "apply/guard.h"

#include <errno.h>
#include <unistd.h>

#include "source/source.h"
#include "trust/trust.h"

static bool strangers_may_write(const struct stat *folder, const struct stat *file) {
	struct trusted trusted = trust_owner(file->st_uid);
	trusted.group = file->st_gid;
	trusted.group_writes = file->st_mode & S_IWGRP;
	return trust_check(folder, &trusted) != TRUST_SAFE;
}

static bool check_folders(struct run *run, const struct location *location, const struct stat *file) {
	struct stat folder;
	struct text path = run_escape(run->arena, location->path);
	if (geteuid() != 0) return true;
	if (fstat(location->folder, &folder) < 0)
		return run_fail_system(run, "read the folder of", location->path, errno);
	if (strangers_may_write(&folder, file))
		return run_fail(run,
		                "%.*s is not changed as root: others may write to its folder and could put another file in "
		                "its place; run as the file's owner, or take away their right (chmod go-w)",
		                TEXT_ARGUMENTS(path));
	for (size_t i = 0; i < location->linked.count; i++)
		if (strangers_may_write(&location->linked.items[i], file))
			return run_fail(run,
			                "%.*s is not changed as root: the symbolic link to it is in a folder that others may "
			                "write to; name the file itself",
			                TEXT_ARGUMENTS(path));
	return true;
}

/* vim and nano: .NAME.swp; vim, where the name has a dot already: NAME.swp; Emacs: .#NAME. */
static const struct {
	const char *before, *after;
	bool only_hidden;
} editor_files[] = {{".", ".swp", false}, {"", ".swp", true}, {".#", "", false}};

static bool check_editors(struct run *run, const struct location *location) {
	if (run->options->force) return true;
	for (size_t i = 0; i < sizeof(editor_files) / sizeof(*editor_files); i++) {
		if (editor_files[i].only_hidden && location->name[0] != '.') continue;
		struct text name = text_format(run->arena, "%s%s%s", editor_files[i].before, location->name, editor_files[i].after);
		struct stat status;
		if (!fstatat(location->folder, name.bytes, &status, AT_SYMLINK_NOFOLLOW))
			return run_fail(run, "%.*s is open in an editor (%.*s is beside it); close the editor, or use --force",
			                RUN_SHOWN(run, location->path), RUN_SHOWN(run, name));
		if (errno != ENOENT && errno != ENAMETOOLONG)
			return run_fail_system(run, "look beside", location->path, errno);
	}
	return true;
}

bool guard_file(struct run *run, const struct location *location, const struct stat *file) {
	struct text path = run_escape(run->arena, location->path);
	if (!S_ISREG(file->st_mode))
		return run_fail(run, "%.*s is not a regular file; name one", TEXT_ARGUMENTS(path));
	if (file->st_nlink > 1 && !run->options->break_hardlinks)
		return run_fail(run,
		                "%.*s has several names (%lu hard links), and only this one would be changed; use "
		                "--break-hardlinks if that is meant",
		                TEXT_ARGUMENTS(path), (unsigned long)file->st_nlink);
	if (file->st_size > (off_t)SOURCE_LARGEST)
		return run_fail(run, "%.*s is larger than %zu MiB, the most that is changed; leave it out",
		                TEXT_ARGUMENTS(path), SOURCE_LARGEST >> 20);
	return check_folders(run, location, file) && check_editors(run, location);
}
