/* Files as editors name them, `file:///srv/a%20b`, and their paths. */
#pragma once

#include "base/text.h"

/* The absolute path; empty for what is no file of this machine. */
struct text uri_path(struct arena *arena, struct text uri);

struct text uri_of(struct arena *arena, struct text absolute_path);
