#include "base/self.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

void self_begin(void) {
	for (int standard = STDIN_FILENO; standard <= STDERR_FILENO; standard++) {
		if (fcntl(standard, F_GETFD) >= 0) continue;
		/* The lowest free number is this one. */
		int descriptor = open("/dev/null", standard == STDIN_FILENO ? O_WRONLY : O_RDONLY);
		if (descriptor != standard) abort();
	}
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}
