/* Gives files, and all files below folders, to a fuzz target without libFuzzer. A fault ends the program, so the closing
 * line stands only below a run without one. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "target.h"

enum { LARGEST = 16 * 1024 * 1024, OPEN_FOLDERS = 16 };

/* nftw() hands no pointer of its caller on. */
static int replayed, unread;

static int replay(const char *path, const struct stat *status, int kind, struct FTW *place) {
	(void)place;
	if (kind != FTW_F || !S_ISREG(status->st_mode))
		return 0;
	struct arena arena = {0};
	struct text bytes = {0};
	int descriptor = open(path, O_RDONLY | O_CLOEXEC);
	if (descriptor >= 0 && file_read_all(&arena, descriptor, (size_t)status->st_size, LARGEST, &bytes)) {
		fprintf(stderr, "%s\n", path);
		LLVMFuzzerTestOneInput((const uint8_t *)(bytes.length ? bytes.bytes : ""), bytes.length);
		replayed++;
	} else {
		printf("FAIL %s: %s\n", path, strerror(errno));
		unread++;
	}
	if (descriptor >= 0)
		close(descriptor);
	arena_release(&arena);
	return 0;
}

int main(int argument_count, char **arguments) {
	target_choose(arguments[0]);
	for (int i = 1; i < argument_count; i++) {
		if (nftw(arguments[i], replay, OPEN_FOLDERS, FTW_PHYS) == 0) continue;
		printf("FAIL %s: %s\n", arguments[i], strerror(errno));
		unread++;
	}
	printf("%d passed, %d failed\n", replayed, unread);
	return unread ? EXIT_FAILURE : EXIT_SUCCESS;
}
