/* Preloaded: every write stops after one byte, and every third is interrupted first, as a slow file system may do it.
 */
#include <dlfcn.h>
#include <errno.h>
#include <unistd.h>

ssize_t write(int descriptor, const void *bytes, size_t size) {
	static ssize_t (*next)(int, const void *, size_t);
	static unsigned calls;
	if (!next)
		*(void **)&next = dlsym(RTLD_NEXT, "write");
	if (++calls % 3 == 0) {
		errno = EINTR;
		return -1;
	}
	return next(descriptor, bytes, size ? 1 : 0);
}

ssize_t pread(int descriptor, void *bytes, size_t size, off_t offset) {
	static ssize_t (*next)(int, void *, size_t, off_t);
	static unsigned calls;
	if (!next)
		*(void **)&next = dlsym(RTLD_NEXT, "pread");
	if (++calls % 3 == 0) {
		errno = EINTR;
		return -1;
	}
	return next(descriptor, bytes, size > 2 ? 2 : size, offset);
}
