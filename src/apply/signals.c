#include "apply/signals.h"

#include <stddef.h>
#include <time.h>

static const int deferrable[] = {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM, SIGALRM, SIGUSR1, SIGUSR2, SIGXCPU};

void signals_defer(struct signals *signals) {
	sigemptyset(&signals->deferred);
	for (size_t i = 0; i < sizeof(deferrable) / sizeof(*deferrable); i++) {
		struct sigaction action;
		if (!sigaction(deferrable[i], NULL, &action) && action.sa_handler != SIG_IGN)
			sigaddset(&signals->deferred, deferrable[i]);
	}
	sigset_t blocked = signals->deferred;
	sigaddset(&blocked, SIGXFSZ);
	sigprocmask(SIG_BLOCK, &blocked, &signals->before);
}

bool signals_waiting(const struct signals *signals) {
	sigset_t waiting;
	if (sigpending(&waiting)) return false;
	for (size_t i = 0; i < sizeof(deferrable) / sizeof(*deferrable); i++)
		if (sigismember(&signals->deferred, deferrable[i]) && sigismember(&waiting, deferrable[i]))
			return true;
	return false;
}

void signals_deliver(const struct signals *signals) {
	if (!sigismember(&signals->before, SIGXFSZ)) {
		/* The write that was too long has failed and is dealt with. */
		sigset_t too_long;
		sigemptyset(&too_long);
		sigaddset(&too_long, SIGXFSZ);
		sigtimedwait(&too_long, NULL, &(struct timespec){0});
	}
	sigprocmask(SIG_SETMASK, &signals->before, NULL);
}
