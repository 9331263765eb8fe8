/* config --init: the definitions of handlers that fit this machine, to be looked over and kept. */
#ifndef ARILINT_COMMAND_INIT_H
#define ARILINT_COMMAND_INIT_H

#include "base/arena.h"

/* Writes them to the folder that they are taken from, never over a file that is there, and says what it found. Returns the
 * exit status. */
int init_handlers(struct arena *arena);

#endif
