#include "process/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#if defined __x86_64__
#define MACHINE AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define MACHINE AUDIT_ARCH_AARCH64
#endif

#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define WATCHED 1
#elif defined __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define WATCHED 1
#endif
#endif

#if defined MACHINE && !defined WATCHED

#define CALL(name) SYS_##name,

/* What is asked most often comes first: the filter goes through them in this order. */
static const unsigned short reading[] = {
	CALL(read) CALL(close) CALL(fstat) CALL(newfstatat) CALL(mmap) CALL(munmap) CALL(write) CALL(getdents64) CALL(lseek)
	CALL(brk) CALL(mremap) CALL(madvise) CALL(mprotect) CALL(writev) CALL(readv) CALL(pread64) CALL(statx) CALL(getcwd)
	CALL(readlinkat) CALL(faccessat) CALL(faccessat2) CALL(fcntl) CALL(ioctl) CALL(getrandom) CALL(futex) CALL(clock_gettime)
	CALL(clock_nanosleep) CALL(ppoll) CALL(geteuid) CALL(getuid) CALL(getegid) CALL(getgid) CALL(getgroups) CALL(getpid)
	CALL(gettid) CALL(uname) CALL(sysinfo) CALL(statfs) CALL(fstatfs) CALL(getxattr) CALL(lgetxattr) CALL(fgetxattr)
	CALL(fadvise64) CALL(prlimit64) CALL(sched_getaffinity) CALL(dup) CALL(dup3) CALL(rt_sigaction) CALL(rt_sigprocmask)
	CALL(rt_sigreturn) CALL(signalfd4) CALL(tgkill) CALL(tkill) CALL(exit) CALL(exit_group)
	CALL(setfsuid) CALL(setfsgid) CALL(setgroups)
#ifdef SYS_open /* older machines have these, too */
	CALL(stat) CALL(lstat) CALL(access) CALL(readlink) CALL(poll) CALL(dup2) CALL(getdents) CALL(nanosleep)
#endif
};

/* What no fix needs. */
static const unsigned short beyond_files[] = {
	CALL(execve) CALL(execveat) CALL(socket) CALL(socketpair) CALL(connect) CALL(bind) CALL(listen) CALL(accept4)
	CALL(sendto) CALL(sendmsg) CALL(ptrace) CALL(process_vm_readv) CALL(process_vm_writev) CALL(kcmp) CALL(pidfd_getfd)
	CALL(bpf) CALL(perf_event_open) CALL(userfaultfd) CALL(io_uring_setup) CALL(keyctl) CALL(add_key) CALL(request_key)
	CALL(mount) CALL(umount2) CALL(pivot_root) CALL(chroot) CALL(unshare) CALL(setns) CALL(init_module) CALL(finit_module)
	CALL(delete_module) CALL(kexec_load) CALL(reboot) CALL(swapon) CALL(settimeofday) CALL(clock_settime) CALL(sethostname)
	CALL(acct) CALL(quotactl) CALL(syslog)
};

/* How the filter ends for a call: where that begins among the endings. */
enum ending { REFUSED, ALLOWED, NOT_THERE, OPENED, OPENED_AT = OPENED + 2 };

enum {
	OTHER_FORM = 0x40000000, /* from here on calls have another form, of a machine that nobody uses: no list tells of them */
	REFUSE = SECCOMP_RET_ERRNO | EPERM,
	CHANGES = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC
};

#define COUNT(items) (sizeof(items) / sizeof((items)[0]))
#define LOAD(offset) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)(offset))
#define LOAD_ARGUMENT(number) LOAD(offsetof(struct seccomp_data, args) + (number) * sizeof(uint64_t)) /* its lower half */
#define CONCLUDE(verdict) BPF_STMT(BPF_RET | BPF_K, verdict)

/* A file is opened when its flags ask for no change. Those of openat2 can't be seen from here; who calls it has another way. */
static const struct sock_filter endings[] = {
	[REFUSED] = CONCLUDE(REFUSE),
	[ALLOWED] = CONCLUDE(SECCOMP_RET_ALLOW),
	[NOT_THERE] = CONCLUDE(SECCOMP_RET_ERRNO | ENOSYS),
	[OPENED] = LOAD_ARGUMENT(1),
	[OPENED + 1] = BPF_STMT(BPF_JMP | BPF_JA, 1),
	[OPENED_AT] = LOAD_ARGUMENT(2),
	BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CHANGES, 0, 1),
	CONCLUDE(REFUSE),
	CONCLUDE(SECCOMP_RET_ALLOW),
};

/* What every filter begins with. Moving the number changes nothing in it, but as the kernel can't foretell past that how calls
 * end, it does not go through the filter for each number that there is, which would cost more than all else at the start. */
static const struct sock_filter beginning[] = {
	LOAD(offsetof(struct seccomp_data, arch)),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0),
	CONCLUDE(REFUSE),
	LOAD(offsetof(struct seccomp_data, nr)),
	BPF_STMT(BPF_MISC | BPF_TAX, 0),
	BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, OTHER_FORM, 0, 1),
	CONCLUDE(REFUSE),
};

static const struct {
	unsigned short number;
	enum ending ending;
} opening[] = {
	{SYS_openat, OPENED_AT},
#ifdef SYS_open
	{SYS_open, OPENED},
#endif
	{SYS_openat2, NOT_THERE},
};

enum { MOST_QUESTIONS = 100 }; /* so that a jump, of 255 lines at most, reaches every ending */
_Static_assert(COUNT(opening) + COUNT(reading) <= MOST_QUESTIONS && COUNT(beyond_files) <= MOST_QUESTIONS, "too many calls");

struct filter {
	struct sock_filter lines[COUNT(beginning) + MOST_QUESTIONS + 1 + COUNT(endings)];
	size_t count;
	size_t endings; /* the line at which they begin */
};

/* What is decided where the number is that one; one after the other, so what comes first is decided first. */
static void decide(struct filter *filter, uint32_t number, enum ending ending) {
	uint8_t distance = (uint8_t)(filter->endings + ending - filter->count - 1);
	filter->lines[filter->count++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, distance, 0);
}

static void begin(struct filter *filter, size_t questions) {
	memcpy(filter->lines, beginning, sizeof beginning);
	filter->count = COUNT(beginning);
	filter->endings = filter->count + questions + 1;
}

/* What is decided of a call that nothing was asked about; then the endings. */
static void end(struct filter *filter, enum ending otherwise) {
	filter->lines[filter->count++] = (struct sock_filter)BPF_STMT(BPF_JMP | BPF_JA, otherwise);
	memcpy(filter->lines + filter->count, endings, sizeof endings);
	filter->count += COUNT(endings);
}

static void make_reading(struct filter *filter) {
	begin(filter, COUNT(reading) + COUNT(opening));
	for (size_t i = 0; i < COUNT(opening); i++)
		decide(filter, opening[i].number, opening[i].ending);
	for (size_t i = 0; i < COUNT(reading); i++)
		decide(filter, reading[i], ALLOWED);
	end(filter, REFUSED);
}

static void make_files(struct filter *filter) {
	begin(filter, COUNT(beyond_files));
	for (size_t i = 0; i < COUNT(beyond_files); i++)
		decide(filter, beyond_files[i], REFUSED);
	end(filter, ALLOWED);
}

bool confine(enum confinement confinement) {
	struct filter filter;
	(confinement == CONFINED_TO_READING ? make_reading : make_files)(&filter);
	struct sock_fprog program = {.len = (unsigned short)filter.count, .filter = filter.lines};
	return !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) && !prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

#else

bool confine(enum confinement confinement) { return false; }

#endif
