#include "process/process.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"

enum { TICK = 20, GRACE = 5000, MOST_READS = 64, MOST_DESCRIPTORS = 4096, ON_EXEC = 4 };

int64_t process_clock(void) {
	struct timespec now = {0};
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool process_pause(struct process_watch watch, int64_t milliseconds) {
	int64_t end = process_clock() + milliseconds;
	for (int64_t left = milliseconds; left > 0; left = end - process_clock()) {
		if (watch.stop && watch.stop(watch.context)) return false;
		poll(NULL, 0, left < TICK ? (int)left : TICK);
	}
	return true;
}

/* What joins us with the child; -1: nothing. TROUBLE brings the errno when it does not come to exec. */
enum end { INPUT, OUTPUT, TROUBLE, ENDS };

/* --- the child; between fork and exec it makes system calls only --- */

struct child {
	const struct process_request *request;
	char **words;
	char **environment;
	const char *folder;
	const int *ends;
};

static void forget_signals(void) {
	sigset_t none;
	sigemptyset(&none);
	for (int number = 1; number < NSIG; number++)
		signal(number, SIG_DFL);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static bool become(const struct account *account) {
	return !account || (!setgroups(account->groups.count, account->groups.items) && !setgid(account->group) &&
	                    !setuid(account->user));
}

/* At exec: ON_EXEC is CLOSE_RANGE_CLOEXEC, which not every header names. */
static void close_others(void) {
#ifdef SYS_close_range
	if (!syscall(SYS_close_range, 3U, ~0U, ON_EXEC)) return;
#endif
	for (int descriptor = 3; descriptor < MOST_DESCRIPTORS; descriptor++)
		fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

/* A copy that is none of the three, where arilint was started without them. */
static int copy_above(int descriptor) { return fcntl(descriptor, F_DUPFD_CLOEXEC, 3); }

static bool attach(const struct child *child) {
	int nothing = copy_above(open("/dev/null", O_RDWR | O_CLOEXEC));
	int input = child->ends[INPUT] < 0 ? nothing : copy_above(child->ends[INPUT]);
	int output = copy_above(child->ends[OUTPUT]);
	int errors = child->request->confided ? nothing : output;
	return dup2(input, 0) == 0 && dup2(output, 1) == 1 && dup2(errors, 2) == 2;
}

static void be_child(const struct child *child) {
	int program = child->request->program, trouble = copy_above(child->ends[TROUBLE]);
	if (program)
		program = copy_above(program);
	if (child->request->confided)
		prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (setsid() >= 0 && attach(child) && become(child->request->account) && !chdir(child->folder)) {
		close_others();
		umask(022);
		forget_signals();
		if (program)
			fexecve(program, child->words, child->environment);
		else
			execve(child->words[0], child->words, child->environment);
	}
	int error = errno;
	ssize_t written = write(trouble, &error, sizeof(error));
	_exit(written == (ssize_t)sizeof(error) ? 127 : 126);
}

/* --- the parent --- */

struct running {
	const struct process_request *request;
	struct process *process;
	struct buffer output;
	pid_t child;
	int descriptor;                  /* of the output, or -1 when its end has come */
	int socket;                      /* of the input, or -1 when all was handed over */
	struct text input;               /* what was not */
	int64_t deadline;
	bool killed;                     /* KILL was sent */
	bool ended;
};

static void take_output(struct running *running) {
	char bytes[16 * 1024];
	for (size_t i = 0; running->descriptor >= 0 && i < MOST_READS; i++) {
		ssize_t got = read(running->descriptor, bytes, sizeof(bytes));
		if (got < 0 && errno == EINTR) continue;
		if (got < 0 && errno == EAGAIN) return;
		if (got <= 0) {
			close(running->descriptor);
			running->descriptor = -1;
			return;
		}
		size_t room = running->request->largest - running->output.length;
		running->process->cut = running->process->cut || (size_t)got > room;
		buffer_add(&running->output, (struct text){bytes, (size_t)got < room ? (size_t)got : room});
	}
}

static void hand_over(struct running *running) {
	ssize_t sent = 0;
	while (running->input.length && sent >= 0) {
		sent = send(running->socket, running->input.bytes, running->input.length, MSG_NOSIGNAL | MSG_DONTWAIT);
		running->input = text_from(running->input, sent > 0 ? (size_t)sent : 0);
	}
	if (running->socket < 0 || (sent < 0 && (errno == EAGAIN || errno == EINTR))) return;
	close(running->socket);
	running->socket = -1;
}

static void take_end(struct running *running) {
	int status;
	struct process *process = running->process;
	if (waitpid(running->child, &status, WNOHANG) != running->child) return;
	running->ended = true;
	take_output(running);
	if (process->end != PROCESS_EXITED) return;
	if (WIFSIGNALED(status))
		process->end = PROCESS_KILLED;
	process->status = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
}

/* TERM to the group, and a while later KILL; a process that not even that ends is left. */
static void end_group(struct running *running, enum process_end why) {
	if (running->killed) {
		running->ended = true;
		return;
	}
	running->killed = running->process->end != PROCESS_EXITED;
	kill(-running->child, running->killed ? SIGKILL : SIGTERM);
	if (!running->killed)
		running->process->end = why;
	running->deadline = process_clock() + GRACE;
}

static void watch_over(struct running *running) {
	struct process_watch watch = running->request->watch;
	while (!running->ended) {
		struct pollfd waiting[] = {{running->descriptor, POLLIN, 0}, {running->socket, POLLOUT, 0}};
		poll(waiting, 2, TICK);
		hand_over(running);
		take_output(running);
		take_end(running);
		bool ours = running->process->end != PROCESS_EXITED;
		if (running->ended) break;
		if (process_clock() >= running->deadline)
			end_group(running, PROCESS_TIMED_OUT);
		else if (!ours && watch.stop && watch.stop(watch.context))
			end_group(running, PROCESS_STOPPED);
	}
	/* What the others of the group do after they were told to end is nobody's wish. */
	if (running->process->end == PROCESS_TIMED_OUT || running->process->end == PROCESS_STOPPED)
		kill(-running->child, SIGKILL);
	file_close(running->descriptor, true);
	file_close(running->socket, true);
}

static char **words_of(struct arena *arena, const struct text_list *words) {
	char **strings = arena_array(arena, char *, words->count + 1);
	for (size_t i = 0; i < words->count; i++)
		strings[i] = text_string(arena, words->items[i]);
	return strings;
}

static char **environment_of(struct arena *arena, const struct process_request *request) {
	struct text_list variables = {0};
	if (request->confided)
		return words_of(arena, &variables);
	struct text user = request->account ? request->account->name : account_user_name(arena, geteuid());
	*list_add(arena, &variables) = TEXT("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
	*list_add(arena, &variables) = TEXT("LANG=C.UTF-8");
	*list_add(arena, &variables) = text_join(arena, TEXT("HOME="), request->home);
	*list_add(arena, &variables) = text_join(arena, TEXT("USER="), user);
	*list_add(arena, &variables) = text_join(arena, TEXT("LOGNAME="), user);
	return words_of(arena, &variables);
}

static struct process not_started(int error) { return (struct process){.end = PROCESS_NOT_STARTED, .status = error}; }

/* Waits until the child has come to exec, or not; its errno then, else 0. */
static int await_exec(int trouble) {
	int error = 0;
	ssize_t got;
	do
		got = read(trouble, &error, sizeof(error));
	while (got < 0 && errno == EINTR);
	close(trouble);
	return got == (ssize_t)sizeof(error) ? error : 0;
}

static struct process follow(struct arena *arena, const struct process_request *request, pid_t child, const int *ends) {
	struct process process = {.end = PROCESS_EXITED};
	struct running running = {request, &process, {.arena = arena}, child, ends[OUTPUT], ends[INPUT], request->input};
	running.deadline = process_clock() + request->timeout;
	int error = await_exec(ends[TROUBLE]);
	watch_over(&running);
	process.output = buffer_text(&running.output);
	return error ? not_started(error) : process;
}

static bool join(enum end end, int *ours, int *theirs) {
	int pair[2];
	/* Not every program can write to a socket as it writes to a pipe. */
	if (end == OUTPUT ? pipe2(pair, O_CLOEXEC) : socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
		return false;
	ours[end] = pair[0];
	theirs[end] = pair[1];
	return true;
}

static void close_ends(const int *ends) {
	for (size_t i = 0; i < ENDS; i++)
		file_close(ends[i], true);
}

struct process process_run(struct arena *arena, const struct process_request *request) {
	int ours[ENDS] = {-1, -1, -1}, theirs[ENDS] = {-1, -1, -1};
	struct child child = {request, words_of(arena, request->words), environment_of(arena, request), "/", theirs};
	if (request->folder.length)
		child.folder = text_string(arena, request->folder);
	bool joined = join(OUTPUT, ours, theirs) && join(TROUBLE, ours, theirs) &&
	              (!request->input.length || join(INPUT, ours, theirs));
	pid_t number = joined ? fork() : -1;
	if (number == 0)
		be_child(&child);
	close_ends(theirs);
	if (number < 0) {
		close_ends(ours);
		return not_started(errno);
	}
	fcntl(ours[OUTPUT], F_SETFL, O_NONBLOCK);
	return follow(arena, request, number, ours);
}
