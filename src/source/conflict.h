/* The marks that a version control system leaves in a file whose two versions it could not merge. */
#pragma once

#include "source/source.h"

/* The first line that begins with such a mark, without its line end: `<<<<<<< NAME`, `||||||| NAME`, `>>>>>>> NAME`, or a
 * bare `=======` above the last of these. An empty span where there is none. */
struct span source_conflict(const struct source *source);
