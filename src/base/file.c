#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/exhaustion.h"

bool file_write_all(int descriptor, struct text text) {
	for (size_t done = 0; done < text.length;) {
		ssize_t written = write(descriptor, text.bytes + done, text.length - done);
		if (written < 0 && errno != EINTR) return false;
		if (written > 0)
			done += (size_t)written;
	}
	return true;
}

bool file_read_all(struct arena *arena, int descriptor, size_t expected, size_t largest, struct text *bytes) {
	/* One byte more than expected, so that a file of the expected size needs no second allocation to see its end. */
	size_t capacity = (expected < largest ? expected : largest) + 1, length = 0;
	char *buffer = arena_allocate(arena, capacity);
	for (;;) {
		if (length == capacity) {
			size_t wanted = capacity * 2 > largest + 1 ? largest + 1 : capacity * 2;
			if (wanted < 4096)
				wanted = 4096;
			char *moved = arena_allocate(arena, wanted);
			memcpy(moved, buffer, length);
			buffer = moved;
			capacity = wanted;
		}
		ssize_t got = read(descriptor, buffer + length, capacity - length);
		if (got < 0 && errno == EINTR) continue;
		if (got < 0) return false;
		if (got == 0) break;
		length += (size_t)got;
		if (length > largest) {
			errno = EFBIG;
			return false;
		}
	}
	*bytes = (struct text){buffer, length};
	return true;
}

DIR *file_entries(int folder) {
	int again = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *entries = again < 0 ? NULL : fdopendir(again);
	if (!entries)
		file_close(again, false);
	return entries;
}

DIR *file_entries_of(const char *path) {
	DIR *entries = opendir(path);
	if (!entries && errno == ENOMEM)
		exhaustion_end();
	return entries;
}

bool file_close(int descriptor, bool done) {
	int error = errno;
	if (descriptor >= 0)
		close(descriptor);
	errno = error;
	return done;
}
