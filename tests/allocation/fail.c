/* Preloaded: one allocation fails, or all from it on. The file that ALLOCATION_PLAN names is mapped and holds five numbers of
 * eight bytes: which one fails, counted from 1 (0: none), whether all later ones do, whether the run is killed where a fix is
 * committed; and back come how many were asked for, and how many failed. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);

struct plan {
	uint64_t number, lasting, killed, asked, failed;
};

static struct plan *plan;

__attribute__((constructor)) static void begin(void) {
	const char *path = getenv("ALLOCATION_PLAN");
	int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
	if (file < 0)
		return;
	plan = (struct plan *)syscall(SYS_mmap, NULL, sizeof(*plan), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	close(file);
}

static int fails(void) {
	if (!plan)
		return 0;
	plan->asked++;
	if (!plan->number || plan->asked < plan->number || (plan->asked > plan->number && !plan->lasting))
		return 0;
	plan->failed++;
	errno = ENOMEM;
	return 1;
}

void *malloc(size_t size) { return fails() ? NULL : __libc_malloc(size); }

void *calloc(size_t count, size_t size) { return fails() ? NULL : __libc_calloc(count, size); }

void *realloc(void *memory, size_t size) { return fails() ? NULL : __libc_realloc(memory, size); }

void *mmap(void *address, size_t size, int protection, int flags, int file, off_t offset) {
	return fails() ? MAP_FAILED : (void *)syscall(SYS_mmap, address, size, protection, flags, file, offset);
}

int renameat(int from, const char *old, int to, const char *name) {
	if (plan && plan->killed && strcmp(name, "journal-done") == 0)
		raise(SIGKILL);
	return (int)syscall(SYS_renameat, from, old, to, name);
}
