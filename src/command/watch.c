#include "command/watch.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/path.h"
#include "command/exit.h"
#include "command/output.h"
#include "command/tell.h"
#include "process/confine.h"
#include "redact/redact.h"

/* Milliseconds without a change after which a round begins, how often it is put off at most, and how many rounds may follow one
 * another at once. */
enum { QUIET = 100, MOST_DELAYS = 20, MOST_AT_ONCE = 3 };

enum { STREAM_SHOWN, STREAM_TOLD, STREAM_READ, STREAM_COUNT };

struct round {
	struct arena arena;
	int status;
	struct text texts[STREAM_COUNT]; /* what it printed, what it told, and what it has read */
};

struct watcher {
	const struct watch *watch;
	int signals;            /* SIGINT, SIGTERM and SIGCHLD */
	int changes;            /* inotify; -1: not yet */
	int stopped;            /* the signal; 0: none yet */
	sigset_t before;        /* signals that were blocked */
	struct round rounds[2]; /* the last one that ended, and the one that goes on */
	size_t done;            /* rounds that have ended */
};

/* --- what is watched, as command/watched.h leaves it --- */

static void observe(int changes, struct arena *arena, struct text folder) {
	const uint32_t mask = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF |
	                      IN_ONLYDIR;
	const char *path = folder.length ? text_string(arena, folder) : ".";
	if (inotify_add_watch(changes, path, mask) >= 0) return;
	/* It may come again: the nearest folder above that is there says so. */
	if ((errno == ENOENT || errno == ENOTDIR) && folder.length && !text_is(folder, "/"))
		observe(changes, arena, path_prefix(text_ends_with(folder, TEXT("/")) ? text_slice(folder, 0, folder.length - 1) : folder));
	else
		tell_note(arena, text_format(arena, "%.*s can't be watched: %s", TEXT_ARGUMENTS(tell_shown(arena, folder)), strerror(errno)));
}

/* The folder that holds a file, and the one that holds what its links lead to. */
static void observe_file(int changes, struct arena *arena, struct text path) {
	char *real = realpath(text_string(arena, path), NULL);
	observe(changes, arena, path_prefix(path));
	if (real)
		observe(changes, arena, path_prefix(text_of(real)));
	free(real);
}

static struct text paths_of(struct text read) {
	text_cut(&read, '\0');
	return read;
}

static struct text held_of(struct text read) { return text_cut(&read, '\0'); }

/* What happens from here on is seen, whatever a round reads first. */
static void observe_all(struct watcher *watcher, struct arena *arena, struct text read) {
	int changes = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	for (struct text rest = paths_of(read); changes >= 0 && rest.length;) {
		struct text path = text_cut(&rest, '\0');
		(path.bytes[0] == 'D' ? observe : observe_file)(changes, arena, text_from(path, 1));
	}
	if (watcher->changes >= 0)
		close(watcher->changes);
	watcher->changes = changes;
	if (changes < 0)
		output_tell("arilint: error: nothing can be watched: %s\n", strerror(errno));
}

/* --- waiting --- */

/* Takes signals; notes one that ends the run. */
static void take_signals(struct watcher *watcher) {
	struct signalfd_siginfo taken;
	while (read(watcher->signals, &taken, sizeof(taken)) == (ssize_t)sizeof(taken))
		if (taken.ssi_signo != SIGCHLD)
			watcher->stopped = (int)taken.ssi_signo;
}

/* Whether something has changed within so many milliseconds (-1: however long it takes). */
static bool has_changed(struct watcher *watcher, int milliseconds) {
	char events[4096] __attribute__((aligned(__alignof__(struct inotify_event))));
	struct pollfd polled[] = {{.fd = watcher->signals, .events = POLLIN}, {.fd = watcher->changes, .events = POLLIN}};
	bool changed = false;
	while (poll(polled, 2, milliseconds) < 0 && errno == EINTR) {}
	take_signals(watcher);
	while (watcher->changes >= 0 && read(watcher->changes, events, sizeof(events)) > 0)
		changed = true;
	return changed;
}

/* Editors change a file in several steps. */
static void wait_for_change(struct watcher *watcher) {
	while (!watcher->stopped && !has_changed(watcher, -1)) {}
	for (int delays = 0; !watcher->stopped && delays < MOST_DELAYS && has_changed(watcher, QUIET); delays++) {}
}

/* The exit status of a child. */
static int wait_for_round(struct watcher *watcher, pid_t child) {
	struct pollfd polled = {.fd = watcher->signals, .events = POLLIN};
	int state = 0;
	while (waitpid(child, &state, WNOHANG) == 0) {
		poll(&polled, 1, -1);
		take_signals(watcher);
		if (watcher->stopped)
			kill(child, SIGKILL);
	}
	if (WIFSIGNALED(state) && !watcher->stopped)
		output_tell("arilint: error: a round was ended by signal %d\n", WTERMSIG(state));
	return WIFEXITED(state) ? WEXITSTATUS(state) : EXIT_UNTOLD;
}

/* --- rounds --- */

static bool begin_round(const struct watcher *watcher, const int *streams, pid_t parent) {
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent || dup2(streams[STREAM_SHOWN], STDOUT_FILENO) < 0 || dup2(streams[STREAM_TOLD], STDERR_FILENO) < 0)
		_exit(EXIT_UNTOLD);
	sigprocmask(SIG_SETMASK, &watcher->before, NULL);
	close(watcher->signals);
	close(watcher->changes);
	return false;
}

static struct text take_stream(struct round *round, int stream) {
	struct text text = TEXT("");
	off_t size = lseek(stream, 0, SEEK_END);
	if (size > 0 && !lseek(stream, 0, SEEK_SET))
		file_read_all(&round->arena, stream, (size_t)size, (size_t)size, &text);
	close(stream);
	return text;
}

/* False in the child, whose list is `*list`. */
static bool run_round(struct watcher *watcher, struct round *round, int *list) {
	int streams[STREAM_COUNT];
	pid_t parent = getpid();
	for (int i = 0; i < STREAM_COUNT; i++)
		streams[i] = memfd_create("arilint-round", MFD_CLOEXEC);
	pid_t child = fork();
	if (!child) {
		*list = streams[STREAM_READ];
		return begin_round(watcher, streams, parent);
	}
	round->status = EXIT_UNTOLD;
	if (child < 0)
		output_tell("arilint: error: no round can be run: %s\n", strerror(errno));
	else
		round->status = wait_for_round(watcher, child);
	for (int i = 0; i < STREAM_COUNT; i++)
		round->texts[i] = take_stream(round, streams[i]);
	return true;
}

/* In JSON a line end stands between words only. */
static void add_on_one_line(struct buffer *out, struct text text) {
	for (size_t i = 0; i < text.length; i++)
		if (text.bytes[i] != '\n')
			buffer_add_byte(out, text.bytes[i]);
	buffer_add_byte(out, '\n');
}

static bool show(const struct watcher *watcher, struct round *round) {
	const char *terminal = getenv("TERM");
	struct buffer out = {.arena = &round->arena};
	struct text shown = round->texts[STREAM_SHOWN], told = round->texts[STREAM_TOLD];
	if (watcher->watch->terminal && terminal && strcmp(terminal, "dumb") != 0)
		buffer_add_string(&out, "\033[H\033[2J\033[3J");
	if (watcher->watch->one_line && shown.length)
		add_on_one_line(&out, shown);
	else
		buffer_add(&out, shown);
	if (told.length)
		output_tell("%.*s", TEXT_ARGUMENTS(told));
	if (watcher->watch->terminal)
		buffer_add_string(&out, "\nwatching for changes; Ctrl-C ends it\n");
	return output_print(buffer_text(&out));
}

static bool is_as_before(const struct watcher *watcher, const struct round *round, const struct round *last) {
	return watcher->done && round->status == last->status && text_equal(round->texts[STREAM_SHOWN], last->texts[STREAM_SHOWN]) &&
	       text_equal(held_of(round->texts[STREAM_READ]), held_of(last->texts[STREAM_READ]));
}

/* Rounds until one of them is the last; false in a child. */
static bool run_rounds(struct watcher *watcher, int *list, int *status) {
	for (size_t at_once = 0;;) {
		struct round *last = &watcher->rounds[(watcher->done + 1) % 2], *round = &watcher->rounds[watcher->done % 2];
		arena_release(&round->arena);
		*round = (struct round){0};
		observe_all(watcher, &round->arena, last->texts[STREAM_READ]);
		if (!run_round(watcher, round, list)) return false;
		if (watcher->stopped) return true;
		bool shown = is_as_before(watcher, round, last) || show(watcher, round);
		bool known = text_equal(paths_of(round->texts[STREAM_READ]), paths_of(last->texts[STREAM_READ]));
		*status = round->status;
		watcher->done++;
		if (!shown || watcher->changes < 0 || !paths_of(round->texts[STREAM_READ]).length) return true;
		/* What came into a folder before it was watched is seen by a second look. */
		if (!known && at_once++ < MOST_AT_ONCE) continue;
		at_once = 0;
		wait_for_change(watcher);
		if (watcher->stopped) return true;
	}
}

bool watch_stay_behind(const struct watch *watch, int *list, int *status) {
	struct watcher watcher = {.watch = watch, .changes = -1};
	sigset_t taken;
	sigemptyset(&taken);
	sigaddset(&taken, SIGINT);
	sigaddset(&taken, SIGTERM);
	sigaddset(&taken, SIGCHLD);
	sigprocmask(SIG_BLOCK, &taken, &watcher.before);
	watcher.signals = signalfd(-1, &taken, SFD_CLOEXEC | SFD_NONBLOCK);
	/* All rounds mask with one key: what is equal looks equal in all of them. */
	redact_mask(&watcher.rounds[0].arena, TEXT("begin"));
	confine(CONFINED_TO_FILES);
	if (!run_rounds(&watcher, list, status)) return false;
	sigprocmask(SIG_SETMASK, &watcher.before, NULL);
	for (size_t i = 0; i < 2; i++)
		arena_release(&watcher.rounds[i].arena);
	/* Without a round there is no status to end with. */
	if (!watcher.done)
		raise(watcher.stopped);
	return true;
}
