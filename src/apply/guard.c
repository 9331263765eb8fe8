#include "apply/guard.h"

#include <errno.h>
#include <unistd.h>

#include "source/source.h"
#include "trust/trust.h"

/* Whether others may make names beside the file. As root only the group may that may write the file as well: its members are
 * not told apart, and an access control list is not weighed. */
static bool is_open_to_others(const struct object *folder, const struct object *file) {
	mode_t others = S_IWGRP | S_IWOTH;
	bool same = folder->status.st_gid == file->status.st_gid && !folder->acl.count && !file->acl.count;
	if (same && file->status.st_mode & S_IWGRP)
		others = S_IWOTH;
	return folder->status.st_mode & others;
}

static bool check_way(struct run *run, const struct way *way, int descriptor) {
	struct trusted trusted = trust_in_us();
	const struct step *last = &way->steps.items[way->steps.count - 1];
	struct object file = {.path = way->path};
	struct text fault = TEXT("");
	if (!object_take(run->arena, descriptor, &file))
		return run_fail_system(run, "read", way->path, errno);
	trusted.users[trusted.count++] = file.status.st_uid;
	trusted.file = &file;
	if (geteuid() == 0 && is_open_to_others(&last->folder, &file))
		fault = text_format(run->arena, "%.*s may be written to by others", TEXT_ARGUMENTS(last->folder.path));
	else if (trust_way(run->arena, way, &file, &trusted, &fault))
		return true;
	return run_fail(run,
	                "%.*s is not changed%s: others may write to a folder on the way to it, or own a symbolic link, and could "
	                "put another file in its place (%.*s); run as the file's owner, name the file itself, or take away "
	                "their right (chmod go-w)",
	                RUN_SHOWN(run, way->path), geteuid() == 0 ? " as root" : "", RUN_SHOWN(run, fault));
}

/* vim and nano: .NAME.swp; vim, where the name has a dot already: NAME.swp; Emacs: .#NAME. */
static const struct {
	const char *before, *after;
	bool only_hidden;
} editor_files[] = {{".", ".swp", false}, {"", ".swp", true}, {".#", "", false}};

static bool check_editors(struct run *run, const struct way *way) {
	if (run->options->force) return true;
	for (size_t i = 0; i < sizeof(editor_files) / sizeof(*editor_files); i++) {
		if (editor_files[i].only_hidden && way->name[0] != '.') continue;
		struct text name = text_format(run->arena, "%s%s%s", editor_files[i].before, way->name, editor_files[i].after);
		struct stat status;
		if (!fstatat(way->folder, name.bytes, &status, AT_SYMLINK_NOFOLLOW))
			return run_fail(run, "%.*s is open in an editor (%.*s is beside it); close the editor, or use --force",
			                RUN_SHOWN(run, way->path), RUN_SHOWN(run, name));
		if (errno != ENOENT && errno != ENAMETOOLONG)
			return run_fail_system(run, "look beside", way->path, errno);
	}
	return true;
}

bool guard_file(struct run *run, const struct way *way, int descriptor, const struct stat *file) {
	struct text path = run_escape(run->arena, way->path);
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
	return check_way(run, way, descriptor) && check_editors(run, way);
}
