#include "trust/way.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include "base/file.h"

enum { MOST_LINKS = 40, OPEN_STEP = O_PATH | O_NOFOLLOW | O_CLOEXEC };

struct walk {
	struct arena *arena;
	struct way *way;
	enum way_kind kind;
	struct text path; /* of the folder where the walk stands; empty for the root */
	struct text rest; /* still to be walked */
	unsigned links;
};

static bool is_folder_wanted(const struct walk *walk) {
	return walk->kind == WAY_FOLDER || walk->kind == WAY_FOLDER_WITHOUT_LINKS;
}

/* Notes the folder where the walk stands, and what the name is in it. */
static int note(struct walk *walk, const char *name) {
	struct step *step = list_add(walk->arena, &walk->way->steps);
	*step = (struct step){.folder.path = walk->path.length ? walk->path : TEXT("/")};
	if (!object_take(walk->arena, walk->way->folder, &step->folder))
		return errno;
	if (fstatat(walk->way->folder, name, &step->entry, AT_SYMLINK_NOFOLLOW) < 0)
		return errno == ENOENT ? 0 : errno;
	return 0;
}

static int enter(struct walk *walk, int from, const char *name) {
	int next = openat(from, name, OPEN_STEP | O_DIRECTORY);
	if (next < 0)
		return errno;
	file_close(walk->way->folder, true);
	walk->way->folder = next;
	return 0;
}

static int go_up(struct walk *walk) {
	size_t slash = text_find_last_byte(walk->path, '/');
	int error = note(walk, "..");
	walk->path = text_slice(walk->path, 0, slash == TEXT_NOT_FOUND ? 0 : slash);
	return error ? error : enter(walk, walk->way->folder, "..");
}

static int follow(struct walk *walk, const char *name) {
	char buffer[PATH_MAX];
	if (walk->kind == WAY_WITHOUT_LINKS || walk->kind == WAY_FOLDER_WITHOUT_LINKS || ++walk->links > MOST_LINKS)
		return ELOOP;
	ssize_t length = readlinkat(walk->way->folder, name, buffer, sizeof(buffer));
	if (length <= 0)
		return length < 0 ? errno : ENOENT;
	if ((size_t)length == sizeof(buffer) || walk->rest.length >= (size_t)2 * PATH_MAX)
		return ENAMETOOLONG;
	walk->rest = text_format(walk->arena, "%.*s/%.*s", (int)length, buffer, TEXT_ARGUMENTS(walk->rest));
	if (buffer[0] != '/')
		return 0;
	walk->path = TEXT("");
	return enter(walk, AT_FDCWD, "/");
}

/* One component. `*arrived` when it is the last of a way to a name. */
static int step(struct walk *walk, struct text component, bool *arrived) {
	struct text tail = text_trim(walk->rest, "/");
	if (text_is(component, ".."))
		return go_up(walk);
	const char *name = text_string(walk->arena, component);
	bool last = !tail.length && !is_folder_wanted(walk);
	int error = note(walk, name);
	if (error)
		return error;
	const struct stat *entry = &walk->way->steps.items[walk->way->steps.count - 1].entry;
	if (S_ISLNK(entry->st_mode) && !(last && walk->kind == WAY_ITSELF))
		return follow(walk, name);
	struct text path = text_format(walk->arena, "%.*s/%s", TEXT_ARGUMENTS(walk->path), name);
	*arrived = last;
	if (last) {
		walk->way->name = name;
		walk->way->path = path;
		return 0;
	}
	error = enter(walk, walk->way->folder, name);
	walk->path = path;
	return error;
}

static int walk_all(struct walk *walk) {
	bool arrived = false;
	while (walk->rest.length && !arrived) {
		struct text component = text_cut(&walk->rest, '/');
		if (!component.length || text_is(component, ".")) continue;
		int error = step(walk, component, &arrived);
		if (error)
			return error;
	}
	if (arrived)
		return 0;
	walk->way->name = ".";
	walk->way->path = walk->path.length ? walk->path : TEXT("/");
	return is_folder_wanted(walk) ? 0 : EISDIR;
}

static int walk_from(struct walk *walk, const char *start) {
	*walk->way = (struct way){.folder = open(start, O_PATH | O_DIRECTORY | O_CLOEXEC)};
	int error = walk->way->folder < 0 ? errno : walk_all(walk);
	if (error)
		file_close(walk->way->folder, true);
	return error;
}

int way_walk(struct arena *arena, struct text path, enum way_kind kind, struct way *way) {
	char here[PATH_MAX];
	if (!path.length || text_find_byte(path, '\0') != TEXT_NOT_FOUND)
		return ENOENT;
	if (path.length >= PATH_MAX)
		return ENAMETOOLONG;
	struct walk walk = {.arena = arena, .way = way, .kind = kind, .rest = path};
	if (path.bytes[0] == '/')
		return walk_from(&walk, "/");
	if (!getcwd(here, sizeof(here)))
		return errno;
	if (here[0] != '/')
		return ENOENT;
	walk.rest = text_format(arena, "%s/%.*s", here, TEXT_ARGUMENTS(path));
	int error = walk_from(&walk, "/");
	if (error != EACCES)
		return error;
	/* A folder above is closed to us, and we stand below it: what we can't reach we need not pass. */
	walk = (struct walk){.arena = arena, .way = way, .kind = kind, .rest = path};
	walk.path = here[1] ? text_copy(arena, text_of(here)) : TEXT("");
	return walk_from(&walk, ".");
}

bool way_last(struct arena *arena, const struct way *way, struct object *last) {
	int descriptor = openat(way->folder, way->name, OPEN_STEP);
	*last = (struct object){.path = way->path};
	return file_close(descriptor, descriptor >= 0 && object_take(arena, descriptor, last));
}
