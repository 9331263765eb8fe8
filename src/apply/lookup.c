#include "apply/lookup.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

enum { MOST_LINKS = 40 };

struct walk {
	struct arena *arena;
	int folder;       /* where the walk stands, opened with O_PATH */
	struct text path; /* of that folder; empty for the root */
	struct text rest; /* still to be walked */
	unsigned links;
	bool follow_links;
	struct status_list linked;
};

static int enter(struct walk *walk, const char *name) {
	int next = openat(walk->folder, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (next < 0)
		return errno;
	close(walk->folder);
	walk->folder = next;
	return 0;
}

static int go_up(struct walk *walk) {
	size_t slash = text_find_last_byte(walk->path, '/');
	walk->path = text_slice(walk->path, 0, slash == TEXT_NOT_FOUND ? 0 : slash);
	return enter(walk, "..");
}

static int follow(struct walk *walk, struct text leads_to) {
	if (!walk->follow_links || ++walk->links > MOST_LINKS)
		return ELOOP;
	struct stat status;
	if (fstat(walk->folder, &status) < 0)
		return errno;
	*list_add(walk->arena, &walk->linked) = status;
	walk->rest = text_format(walk->arena, "%.*s/%.*s", TEXT_ARGUMENTS(leads_to), TEXT_ARGUMENTS(walk->rest));
	if (walk->rest.length >= (size_t)2 * PATH_MAX)
		return ENAMETOOLONG;
	if (walk->rest.bytes[0] != '/')
		return 0;
	walk->path = TEXT("");
	return enter(walk, "/");
}

/* Follows a link; `*is_link` is false when `name` is something else. */
static int try_link(struct walk *walk, const char *name, bool *is_link) {
	char buffer[PATH_MAX];
	ssize_t length = readlinkat(walk->folder, name, buffer, sizeof(buffer));
	*is_link = length >= 0;
	if (length < 0)
		return errno == EINVAL || errno == ENOENT ? 0 : errno;
	if ((size_t)length == sizeof(buffer))
		return ENAMETOOLONG;
	return follow(walk, (struct text){buffer, (size_t)length});
}

/* One component that is not the last. */
static int step(struct walk *walk, struct text component) {
	if (text_is(component, ".."))
		return go_up(walk);
	const char *name = text_string(walk->arena, component);
	int error = enter(walk, name);
	if (!error) {
		walk->path = text_format(walk->arena, "%.*s/%s", TEXT_ARGUMENTS(walk->path), name);
		return 0;
	}
	if (error != ENOTDIR && error != ELOOP)
		return error;
	bool is_link;
	error = try_link(walk, name, &is_link);
	return error || is_link ? error : ENOTDIR;
}

/* Walks to the folder of the last component, which is then a name that is not a link. */
static int walk_all(struct walk *walk, struct text *last) {
	while (walk->rest.length) {
		struct text component = text_cut(&walk->rest, '/');
		if (!component.length || text_is(component, ".")) continue;
		struct text tail = text_trim(walk->rest, "/");
		bool is_link = true, last_one = !tail.length && !text_is(component, "..");
		int error = last_one ? try_link(walk, text_string(walk->arena, component), &is_link) : step(walk, component);
		if (error)
			return error;
		if (!is_link) {
			*last = component;
			return 0;
		}
	}
	return EISDIR;
}

static int start(struct walk *walk, struct text path) {
	if (!path.length || text_find_byte(path, '\0') != TEXT_NOT_FOUND)
		return ENOENT;
	if (path.length >= PATH_MAX)
		return ENAMETOOLONG;
	char here[PATH_MAX];
	bool absolute = path.bytes[0] == '/';
	if (!absolute && !getcwd(here, sizeof(here)))
		return errno;
	if (!absolute && here[0] != '/')
		return ENOENT;
	walk->folder = open(absolute ? "/" : ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	walk->path = absolute || !here[1] ? TEXT("") : text_copy(walk->arena, text_of(here));
	return walk->folder < 0 ? errno : 0;
}

int lookup(struct arena *arena, struct text path, bool follow_links, struct location *location) {
	struct walk walk = {.arena = arena, .rest = path, .follow_links = follow_links};
	int error = start(&walk, path);
	if (error)
		return error;
	struct text last = TEXT("");
	error = walk_all(&walk, &last);
	if (!error) {
		location->folder = openat(walk.folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		error = location->folder < 0 ? errno : 0;
		location->name = text_string(arena, last);
		location->path = text_format(arena, "%.*s/%s", TEXT_ARGUMENTS(walk.path), location->name);
		location->linked = walk.linked;
	}
	close(walk.folder);
	return error;
}
