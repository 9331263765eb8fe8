/* Where the configuration file is. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "configuration/configuration.h"
#include "trust/trust.h"

#define FILE_NAME ".arilint.yaml"
#define SYSTEM_FILE "/etc/arilint/arilint.yaml"

enum { MOST_FOLDERS = 128 };

/* Whether it belongs to root, the user himself, or whoever became root by sudo. */
static bool is_trusted(const struct stat *status) {
	int64_t caller;
	struct trusted trusted = trust_owner(geteuid());
	trusted.any_mode = true;
	if (geteuid() == 0 && text_to_integer(text_of(getenv("SUDO_UID")), &caller))
		trusted.owners[trusted.owner_count++] = (uid_t)caller;
	return trust_check(status, &trusted) == TRUST_SAFE;
}

static bool exists(struct arena *arena, struct text folder, struct text name) {
	struct stat status;
	return !lstat(text_string(arena, text_join(arena, folder, name)), &status);
}

/* `folder` is "", "../", "../../" and so on; `here` what it is. False at the root, and where somebody else's begins. */
static bool go_up(struct arena *arena, struct text *folder, struct stat *here) {
	struct stat above;
	struct text up = text_join(arena, *folder, TEXT("../"));
	if (stat(text_string(arena, up), &above) < 0 || !is_trusted(&above)) return false;
	if (above.st_dev == here->st_dev && above.st_ino == here->st_ino) return false;
	*here = above;
	*folder = up;
	return true;
}

/* The nearest file on the way up to the repository's root. */
static struct text find_upward(struct arena *arena) {
	struct text folder = TEXT(""), found = TEXT("");
	struct stat here;
	if (exists(arena, folder, TEXT(FILE_NAME)))
		return TEXT(FILE_NAME);
	bool known = !stat(".", &here);
	for (size_t i = 0; known && i < MOST_FOLDERS; i++) {
		if (i && !found.length && exists(arena, folder, TEXT(FILE_NAME)))
			found = text_join(arena, folder, TEXT(FILE_NAME));
		if (exists(arena, folder, TEXT(".git")))
			return found;
		if (!go_up(arena, &folder, &here)) break;
	}
	return TEXT("");
}

bool configuration_find(struct arena *arena, struct text *path, struct text *fault) {
	struct stat link, file;
	*path = find_upward(arena);
	if (!path->length && exists(arena, TEXT(""), TEXT(SYSTEM_FILE)))
		*path = TEXT(SYSTEM_FILE);
	if (!path->length || lstat(text_string(arena, *path), &link) < 0) return true;
	if (!is_trusted(&link) || stat(text_string(arena, *path), &file) < 0)
		file = link;
	if (is_trusted(&file)) return true;
	*fault = text_format(arena, "%.*s belongs to another user (%u) and may name files of yours; if you trust it, name it "
	                     "with --config, else leave it out with --isolated",
	                     TEXT_ARGUMENTS(*path), (unsigned)file.st_uid);
	return false;
}
