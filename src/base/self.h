/* What every program of this project does before anything else. */
#pragma once

/* Makes sure of the descriptors 0, 1 and 2: one that is closed would become that of the next file to be opened, and be written
 * into. It stands for /dev/null then, the wrong way round, so that to use it fails. Keeps what the program knows out of cores,
 * debuggers and /proc/PID/mem. */
void self_begin(void);
