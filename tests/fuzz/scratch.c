#include "scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "target.h"

enum { OPEN_FOLDERS = 16 };

static char folder[64];

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *place) {
	(void)status;
	(void)kind;
	return place->level ? remove(path) : 0;
}

void scratch_clear(void) { nftw(folder, remove_entry, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS); }

static void remove_folder(void) {
	scratch_clear();
	rmdir(folder);
}

/* In memory where there is such a place: some targets wait for the disk at every step. */
struct text scratch_folder(void) {
	if (!*folder) {
		snprintf(folder, sizeof(folder), "%s/arilint-fuzz.XXXXXX", access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm");
		require(mkdtemp(folder), "%s: %s", folder, strerror(errno));
		atexit(remove_folder);
	}
	return text_of(folder);
}

static bool is_name(struct text name) {
	bool ok = name.length && name.length < 200 && name.bytes[0] != '/' && name.bytes[name.length - 1] != '/';
	for (size_t i = 0; ok && i < name.length; i++)
		ok = text_is_word_byte(name.bytes[i]) || name.bytes[i] == '/' || name.bytes[i] == '-' || name.bytes[i] == '.';
	return ok && text_find(name, TEXT("..")) == TEXT_NOT_FOUND && text_find(name, TEXT("//")) == TEXT_NOT_FOUND;
}

bool scratch_write(struct text name, struct text bytes) {
	struct arena arena = {0};
	if (!is_name(name)) return false;
	struct text start = scratch_folder();
	char *path = text_string(&arena, text_format(&arena, "%.*s/%.*s", TEXT_ARGUMENTS(start), TEXT_ARGUMENTS(name)));
	for (char *slash = strchr(path + start.length + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0700);
		*slash = '/';
	}
	int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
	bool written = file_close(descriptor, descriptor >= 0 && file_write_all(descriptor, bytes));
	arena_release(&arena);
	return written;
}

/* nftw() hands no pointer of its caller on. */
static void (*visitor)(const char *path);

static int visit_entry(const char *path, const struct stat *status, int kind, struct FTW *place) {
	(void)place;
	if (kind == FTW_F && S_ISREG(status->st_mode))
		visitor(path);
	return 0;
}

void scratch_each(const char *below, void (*visit)(const char *path)) {
	struct arena arena = {0};
	visitor = visit;
	nftw(text_format(&arena, "%s/%s", folder, below).bytes, visit_entry, OPEN_FOLDERS, FTW_PHYS);
	arena_release(&arena);
}
