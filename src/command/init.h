/* config --init: the definitions of handlers that fit this machine, to be looked over and kept. */
#pragma once

#include "base/arena.h"

/* Writes them to the folder that they are taken from, never over a file that is there, and says what it found. Returns the
 * exit status. */
int init_handlers(struct arena *arena);
