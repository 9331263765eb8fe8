/* What a confined process can still do, tried in children. */
#include "process/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"

static bool opens(const char *path, int flags) {
	int file = open(path, flags, 0600);
	return file >= 0;
}

static bool reads(void) { return opens("/dev/null", O_RDONLY); }
static bool lists(void) { return opens("/", O_RDONLY | O_DIRECTORY); }
static bool has_memory(void) {
	char *memory = malloc((size_t)1 << 24);
	if (!memory) return false;
	memset(memory, 1, (size_t)1 << 24);
	return true;
}
static bool says(void) { return write(STDOUT_FILENO, "", 0) == 0; }
static bool waits(void) {
	sigset_t signals;
	sigemptyset(&signals);
	struct pollfd files[] = {{.fd = signalfd(-1, &signals, SFD_CLOEXEC), .events = POLLIN}};
	return files[0].fd >= 0 && poll(files, 1, 0) == 0;
}
static bool asks(void) {
	struct winsize size;
	return !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) || errno != EPERM;
}
static bool writes(void) { return opens("/dev/null", O_WRONLY); }
static bool updates(void) { return opens("/dev/null", O_RDWR); }
static bool makes(void) { return opens("/tmp/arilint-confine-test", O_RDONLY | O_CREAT); }
static bool removes(void) { return !rmdir("/tmp/arilint-confine-test-none") || errno != EPERM; }
static bool changes(void) { return !chmod("/dev/null/none", 0600) || errno != EPERM; }
static bool connects(void) { return socket(AF_INET, SOCK_STREAM, 0) >= 0; }
static bool forks(void) { return fork() >= 0; }
static bool runs(void) { return execl("/nonexistent", "nonexistent", (char *)NULL) != -1 || errno != EPERM; }

static const struct {
	const char *name;
	bool (*can)(void);
	bool reading, files; /* whether such a process can */
} cases[] = {
	{"read", reads, true, true},         {"list a folder", lists, true, true}, {"have memory", has_memory, true, true},
	{"wait", waits, true, true},         {"ask", asks, true, true},
	{"print", says, true, true},         {"write", writes, false, true},       {"update", updates, false, true},
	{"make a file", makes, false, true}, {"remove", removes, false, true},     {"change modes", changes, false, true},
	{"fork", forks, false, true},        {"connect", connects, false, false},  {"run a program", runs, false, false},
};

/* 0: it can, 1: it can't, 2: there is no filter here. */
static int try(enum confinement confinement, bool (*can)(void)) {
	int status = 0;
	pid_t child = fork();
	if (!child)
		_exit(!confine(confinement) ? 2 : can() ? 0 : 1);
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 3;
}

int main(void) {
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int reading = try(CONFINED_TO_READING, cases[i].can), files = try(CONFINED_TO_FILES, cases[i].can);
		test_check(reading == 2 || reading == !cases[i].reading, cases[i].name, "confined to reading");
		test_check(files == 2 || files == !cases[i].files, cases[i].name, "confined to files");
	}
	unlink("/tmp/arilint-confine-test");
	return test_end();
}
