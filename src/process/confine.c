#include "process/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
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

/* From here on calls have another form, of a machine that nobody uses: they would pass a list of what is refused. */
enum { OTHER_FORM = 0x40000000 };

enum { ALLOW = SECCOMP_RET_ALLOW, REFUSE = SECCOMP_RET_ERRNO | EPERM, CHANGES = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC };

#define COUNT(calls) (sizeof(calls) / sizeof((calls)[0]))

struct filter {
	struct sock_filter lines[2 * COUNT(reading) + 64];
	unsigned short count;
};

static void load(struct filter *filter, size_t offset) {
	filter->lines[filter->count++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset);
}

/* What is decided where the loaded word is that number. */
static void decide(struct filter *filter, uint32_t number, uint32_t verdict) {
	filter->lines[filter->count++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1);
	filter->lines[filter->count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, verdict);
}

/* A file is opened when its flags, the lower half of that argument, ask for no change. */
static void decide_opening(struct filter *filter, uint32_t number, size_t argument) {
	filter->lines[filter->count++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 4);
	load(filter, offsetof(struct seccomp_data, args) + argument * sizeof(uint64_t));
	filter->lines[filter->count++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CHANGES, 1, 0);
	filter->lines[filter->count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, ALLOW);
	filter->lines[filter->count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, REFUSE);
}

static void add_reading(struct filter *filter) {
	decide_opening(filter, SYS_openat, 2);
#ifdef SYS_open
	decide_opening(filter, SYS_open, 1);
#endif
	/* Its flags can't be seen from here; who calls it has another way. */
	decide(filter, SYS_openat2, SECCOMP_RET_ERRNO | ENOSYS);
	for (size_t i = 0; i < COUNT(reading); i++)
		decide(filter, reading[i], ALLOW);
	filter->lines[filter->count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, REFUSE);
}

static void add_files(struct filter *filter) {
	for (size_t i = 0; i < COUNT(beyond_files); i++)
		decide(filter, beyond_files[i], REFUSE);
	filter->lines[filter->count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, ALLOW);
}

bool confine(enum confinement confinement) {
	struct filter filter = {.count = 0};
	load(&filter, offsetof(struct seccomp_data, arch));
	filter.lines[filter.count++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0);
	filter.lines[filter.count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, REFUSE);
	load(&filter, offsetof(struct seccomp_data, nr));
	filter.lines[filter.count++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, OTHER_FORM, 0, 1);
	filter.lines[filter.count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, REFUSE);
	(confinement == CONFINED_TO_READING ? add_reading : add_files)(&filter);
	struct sock_fprog program = {.len = filter.count, .filter = filter.lines};
	return !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) && !prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

#else

bool confine(enum confinement confinement) { return false; }

#endif
