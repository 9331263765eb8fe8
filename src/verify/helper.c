#include "verify/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"

#define PROGRAM "arilint-verify"

struct helper {
	pid_t process;
	int socket;
	long deadline;
};

/* --- where it is --- */

static bool is_ours(const struct stat *program, const struct stat *self)
{
	bool owner = program->st_uid == 0 || program->st_uid == geteuid() || program->st_uid == self->st_uid;
	return owner && S_ISREG(program->st_mode) && !(program->st_mode & (S_IWGRP | S_IWOTH));
}

static struct text own_folder(struct arena *arena, struct stat *self)
{
	char *path = realpath("/proc/self/exe", NULL);
	struct text folder = text_copy(arena, text_of(path));
	if (!path || stat(path, self) < 0)
		memset(self, 0, sizeof(*self));
	free(path);
	size_t slash = text_find_last_byte(folder, '/');
	return slash == TEXT_NOT_FOUND ? TEXT("") : text_slice(folder, 0, slash);
}

static int open_program(struct arena *arena, struct text *fault)
{
	static const char *const places[] = {"", "/../libexec/arilint"};
	static const char *const fixed[] = {"/usr/local/libexec/arilint", "/usr/libexec/arilint", "/usr/lib/arilint"};
	struct stat self, status;
	struct text folder = own_folder(arena, &self);
	for (size_t i = folder.length ? 0 : 2; i < 5; i++) {
		struct text path = i < 2 ? text_format(arena, "%.*s%s/" PROGRAM, TEXT_ARGUMENTS(folder), places[i])
		                         : text_format(arena, "%s/" PROGRAM, fixed[i - 2]);
		int program = open(path.bytes, O_RDONLY | O_CLOEXEC);
		if (program < 0)
			continue;
		if (!fstat(program, &status) && is_ours(&status, &self))
			return program;
		close(program);
		*fault = text_format(arena, "%.*s can't be trusted: it belongs to somebody else or others may write it",
		                     TEXT_ARGUMENTS(path));
		return -1;
	}
	*fault = TEXT("the program " PROGRAM " is not beside arilint nor in a libexec/arilint; install it, too");
	return -1;
}

/* --- a process --- */

static long now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (long)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* In the child; what is open besides the socket stays behind. */
static void become(int program, int socket)
{
	char name[] = PROGRAM;
	char *arguments[] = {name, NULL}, *environment[] = {NULL};
	/* Either may be one of the three, where arilint was started without them. */
	int from = fcntl(socket, F_DUPFD_CLOEXEC, 3), high = fcntl(program, F_DUPFD_CLOEXEC, 3);
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGPIPE, SIG_DFL);
	if (null < 0 || high < 0 || dup2(null, STDERR_FILENO) < 0 || dup2(from, STDIN_FILENO) < 0 ||
	    dup2(from, STDOUT_FILENO) < 0)
		_exit(127);
	syscall(SYS_close_range, 3U, (unsigned)high - 1, 0U);
	syscall(SYS_close_range, (unsigned)high + 1, ~0U, 0U);
	syscall(SYS_execveat, high, "", arguments, environment, AT_EMPTY_PATH);
	_exit(127);
}

static bool start(struct arena *arena, struct helper *helper, struct text *fault)
{
	int sockets[2], program = open_program(arena, fault);
	if (program < 0)
		return false;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) < 0) {
		close(program);
		*fault = text_format(arena, "can't make a pair of sockets: %s", strerror(errno));
		return false;
	}
	helper->process = fork();
	if (helper->process == 0)
		become(program, sockets[1]);
	close(program);
	close(sockets[1]);
	helper->socket = sockets[0];
	if (helper->process > 0)
		return true;
	close(sockets[0]);
	*fault = text_format(arena, "can't start " PROGRAM ": %s", strerror(errno));
	return false;
}

static bool wait_for(const struct helper *helper, short events)
{
	struct pollfd waiting = {.fd = helper->socket, .events = events};
	for (;;) {
		long left = helper->deadline - now();
		int ready = left > 0 ? poll(&waiting, 1, left < 60000 ? (int)left : 60000) : 0;
		if (ready > 0)
			return true;
		if (left <= 0 || (ready < 0 && errno != EINTR))
			return false;
	}
}

static void hand_over(const struct helper *helper, struct text input)
{
	while (input.length && wait_for(helper, POLLOUT)) {
		ssize_t sent = send(helper->socket, input.bytes, input.length, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (sent < 0 && errno != EAGAIN && errno != EINTR)
			break;
		input = text_from(input, sent > 0 ? (size_t)sent : 0);
	}
	shutdown(helper->socket, SHUT_WR);
}

/* True when its end was reached. */
static bool take_over(const struct helper *helper, size_t largest, struct buffer *output)
{
	char bytes[16384];
	while (output->length < largest && wait_for(helper, POLLIN)) {
		ssize_t length = recv(helper->socket, bytes, sizeof(bytes), MSG_DONTWAIT);
		if (length == 0)
			return true;
		if (length < 0 && errno != EAGAIN && errno != EINTR)
			return false;
		if (length > 0)
			buffer_add(output, (struct text){bytes, (size_t)length});
	}
	return false;
}

bool helper_run(struct arena *arena, struct text input, size_t largest, long milliseconds, struct text *output,
                struct text *fault)
{
	struct helper helper = {.deadline = now() + milliseconds};
	struct buffer taken = {.arena = arena};
	int status = 0;
	if (!start(arena, &helper, fault))
		return false;
	hand_over(&helper, input);
	bool ended = take_over(&helper, largest, &taken);
	*output = buffer_text(&taken);
	if (!ended)
		kill(helper.process, SIGKILL);
	close(helper.socket);
	while (waitpid(helper.process, &status, 0) < 0 && errno == EINTR)
		continue;
	if (!ended)
		*fault = TEXT(PROGRAM " took too long, or had too much to say, and was ended");
	else if (!WIFEXITED(status))
		*fault = text_format(arena, PROGRAM " was ended by signal %d", WTERMSIG(status));
	else if (WEXITSTATUS(status))
		*fault = text_format(arena, PROGRAM " ended with status %d", WEXITSTATUS(status));
	return ended && WIFEXITED(status) && !WEXITSTATUS(status);
}
