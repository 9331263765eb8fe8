#include "command/progress.h"

#include <time.h>
#include <unistd.h>

#include "command/output.h"
#include "command/tell.h"

/* Seconds: until a search counts as long, and between two lines. The longest path that a line has room for, in bytes. */
static const double first_line = 1, next_line = 0.1;
enum { ROOM = 50 };

static volatile sig_atomic_t stopped;

static void stop(int signal) { stopped = signal; }

static double now(void) {
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void progress_begin(struct progress *progress, struct arena *arena) {
	*progress = (struct progress){.arena = arena, .terminal = isatty(STDERR_FILENO)};
	struct sigaction action = {.sa_handler = stop, .sa_flags = (int)SA_RESETHAND};
	stopped = 0;
	if (!sigaction(SIGINT, NULL, &progress->before) && progress->before.sa_handler != SIG_IGN)
		sigaction(SIGINT, &action, NULL);
	if (progress->terminal)
		progress->told = now() + first_line - next_line;
}

static void tell(struct progress *progress, struct text folder) {
	struct text shown = tell_shown(progress->arena, folder);
	bool cut = shown.length > ROOM;
	output_tell("\r\033[Karilint: searching, %zu folders so far: %s%.*s", progress->folders, cut ? "..." : "",
	            TEXT_ARGUMENTS(cut ? text_from(shown, shown.length - ROOM) : shown));
	progress->shown = true;
}

void progress_enter(struct progress *progress, struct text folder) {
	progress->folders++;
	if (!progress->terminal || now() < progress->told + next_line) return;
	tell(progress, folder);
	progress->told = now();
}

bool progress_stopped(void) { return stopped; }

void progress_end(struct progress *progress) {
	if (progress->shown)
		output_tell("\r\033[K");
	sigaction(SIGINT, &progress->before, NULL);
	if (!stopped) return;
	output_tell("arilint: stopped while it searched, after %zu folder%s: nothing was judged, nothing was changed\n",
	            progress->folders, progress->folders == 1 ? "" : "s");
	raise(SIGINT);
}
