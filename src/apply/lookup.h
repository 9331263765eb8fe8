/* A path is walked once, folder by folder; from then on the file is spoken of by its folder's descriptor and its name,
 * so that nobody can put another file or link in its way. */
#pragma once

#include <sys/stat.h>

#include "base/list.h"
#include "base/text.h"

struct status_list LIST_OF(struct stat);

struct location {
	struct text path;           /* absolute, free of symbolic links, `.` and `..` */
	int folder;                 /* descriptor for *at() calls and fsync; the caller closes it */
	const char *name;           /* in that folder; it may not exist */
	struct status_list linked;  /* the folders in which a symbolic link was followed */
};

/* Finds the folder and the name that a path leads to. Symbolic links are followed (40 at most), or refused with ELOOP.
 * Returns 0 or an errno. */
int lookup(struct arena *arena, struct text path, bool follow_links, struct location *location);
