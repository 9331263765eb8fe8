/* Folders that a path may not leave: what a repository or a named folder holds. */
#pragma once

#include "trust/way.h"

/* Whether a path, its symbolic links followed, ends in or below a folder. True as well where nothing is there. */
bool trust_is_below(struct arena *arena, struct text folder, struct text path);
