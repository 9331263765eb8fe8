#include "apply/content.h"

#include <errno.h>
#include <unistd.h>

#include "base/file.h"

bool content_read(struct run *run, int descriptor, struct text *bytes) {
	size_t length = 0;
	while (length < run->scratch_size) {
		ssize_t got = pread(descriptor, run->scratch + length, run->scratch_size - length, (off_t)length);
		if (got < 0 && errno == EINTR) continue;
		if (got < 0) return false;
		if (got == 0) break;
		length += (size_t)got;
	}
	*bytes = (struct text){run->scratch, length};
	return true;
}

static enum content compare(struct run *run, const struct patch *patch, int descriptor, struct stat *status) {
	if (fstat(descriptor, status) < 0)
		return CONTENT_UNKNOWN;
	if (!S_ISREG(status->st_mode))
		return CONTENT_OTHER;
	size_t size = (size_t)status->st_size;
	if (size != patch->before_size && size != patch->after_size)
		return CONTENT_OTHER;
	struct text bytes;
	if (!content_read(run, descriptor, &bytes))
		return CONTENT_UNKNOWN;
	if (text_equal(bytes, patch->before))
		return CONTENT_OLD;
	bool new = bytes.length == patch->after_size && siphash(&run->key, bytes) == patch->after_hash;
	return new ? CONTENT_NEW : CONTENT_OTHER;
}

enum content content_of(struct run *run, const struct patch *patch, const char *name, struct stat *status) {
	struct stat ignored;
	if (patch->folder < 0)
		return CONTENT_ABSENT;
	int descriptor = openat(patch->folder, name, OPEN_FILE);
	if (descriptor < 0)
		return errno == ENOENT ? CONTENT_ABSENT : errno == ELOOP || errno == ENXIO ? CONTENT_OTHER : CONTENT_UNKNOWN;
	enum content content = compare(run, patch, descriptor, status ? status : &ignored);
	file_close(descriptor, true);
	return content;
}

static bool sync_file(int descriptor) {
	int failed;
	do
		failed = fsync(descriptor);
	while (failed && errno == EINTR);
	return !failed;
}

bool content_write(int descriptor, struct text bytes) {
	if (lseek(descriptor, 0, SEEK_SET) != 0 || !file_write_all(descriptor, bytes) ||
	    ftruncate(descriptor, (off_t)bytes.length))
		return false;
	sync_file_range(descriptor, 0, 0, SYNC_FILE_RANGE_WRITE);
	return true;
}

bool content_settle(struct run *run, int descriptor, struct text bytes) {
	struct text written;
	if (!sync_file(descriptor) || !content_read(run, descriptor, &written)) return false;
	if (text_equal(written, bytes)) return true;
	errno = EIO;
	return false;
}

bool content_store(int folder, const char *name, struct text bytes) {
	int descriptor = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	return descriptor >= 0 && file_close(descriptor, content_write(descriptor, bytes));
}

bool content_settle_name(struct run *run, int folder, const char *name, struct text bytes) {
	int descriptor = openat(folder, name, OPEN_FILE);
	return descriptor >= 0 && file_close(descriptor, content_settle(run, descriptor, bytes));
}

bool folder_sync(int folder) { return sync_file(folder) || errno == EINVAL; }
