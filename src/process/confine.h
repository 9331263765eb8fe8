/* What this process may still ask of the kernel: whoever takes it over through hostile input gets no further. */
#pragma once

#include <stdbool.h>

enum confinement {
	CONFINED_TO_READING, /* files are read, memory is had, what is open is written: nothing else */
	CONFINED_TO_FILES    /* no program is run, no network is used, no process is touched */
};

/* For the rest of the process and all that it starts. Anything else fails with EPERM from then on. False where the kernel or
 * the machine knows no such filter (seccomp), or the build watches itself and needs more. */
bool confine(enum confinement confinement);
