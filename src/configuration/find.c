/* Where the configuration file is. */
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "configuration/configuration.h"
#include "trust/trust.h"

#define FILE_NAME ".arilint.yaml"
#define OWN_FILE "arilint/arilint.yaml"
#define SYSTEM_FILE "/etc/arilint/arilint.yaml"

enum { MOST_FOLDERS = 128 };

static bool exists(struct arena *arena, struct text folder, struct text name) {
	struct stat status;
	return !lstat(text_string(arena, text_join(arena, folder, name)), &status);
}

/* Whether nobody else can put a configuration or a `.git` into a folder. */
static bool is_trusted(struct arena *arena, struct text folder, const struct stat *status) {
	const struct trusted us = trust_in_us();
	struct text fault = TEXT("");
	if (status->st_uid && status->st_uid != geteuid()) return false;
	return !(status->st_mode & (S_IWGRP | S_IWOTH)) || trust_path(arena, folder, WAY_FOLDER, &us, &fault);
}

/* `folder` is "", "../", "../../" and so on; `here` what it is. False at the root, and where others could have a say. */
static bool go_up(struct arena *arena, struct text *folder, struct stat *here) {
	struct stat above;
	struct text up = text_join(arena, *folder, TEXT("../"));
	if (stat(text_string(arena, up), &above) < 0 || !is_trusted(arena, up, &above)) return false;
	if (above.st_dev == here->st_dev && above.st_ino == here->st_ino) return false;
	*here = above;
	*folder = up;
	return true;
}

static struct text whole(struct arena *arena, struct text folder) {
	struct text path = path_absolute(arena, path_here(), folder);
	return path.length ? path : TEXT("/");
}

/* The nearest file on the way up to the repository's root. A repository speaks for itself only. */
static struct configuration_place find_upward(struct arena *arena) {
	struct configuration_place found = {0};
	struct text folder = TEXT("");
	struct stat here;
	bool known = !stat(".", &here);
	for (size_t i = 0; known && i < MOST_FOLDERS; i++) {
		if (!found.path.length && exists(arena, folder, TEXT(FILE_NAME)))
			found = (struct configuration_place){text_join(arena, folder, TEXT(FILE_NAME)), whole(arena, folder)};
		if (exists(arena, folder, TEXT(".git"))) {
			found.confines = whole(arena, folder);
			return found;
		}
		if (!go_up(arena, &folder, &here)) break;
	}
	/* Without a repository only the working directory counts. */
	return text_is(found.path, FILE_NAME) ? found : (struct configuration_place){0};
}

/* What the user or the administrator owns, under their own folders. */
static struct text find_own(struct arena *arena) {
	struct text own = geteuid() ? path_of_user(arena, "XDG_CONFIG_HOME", ".config", OWN_FILE) : TEXT("");
	if (own.length && exists(arena, TEXT(""), own))
		return own;
	return exists(arena, TEXT(""), TEXT(SYSTEM_FILE)) ? TEXT(SYSTEM_FILE) : TEXT("");
}

bool configuration_find(struct arena *arena, struct configuration_place *place, struct text *fault) {
	const struct trusted us = trust_in_us();
	struct text reason = TEXT("");
	*place = find_upward(arena);
	if (!place->path.length)
		*place = (struct configuration_place){.path = find_own(arena)};
	if (!place->path.length || trust_path(arena, place->path, WAY_FILE, &us, &reason) || !reason.length) return true;
	*fault = text_format(arena, "%.*s belongs to another user or may be changed by one (%.*s), and may name files of yours; if you "
	                     "trust it, name it with --config, else leave it out with --isolated",
	                     TEXT_ARGUMENTS(place->path), TEXT_ARGUMENTS(reason));
	return false;
}
