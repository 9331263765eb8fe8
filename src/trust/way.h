/* The way to a file, walked once, component by component, by descriptors: from then on the file is spoken of by its folder's
 * descriptor and its name, so that nobody can put another file or link in its way. */
#pragma once

#include "trust/permission.h"

/* A name that was looked up in a folder. */
struct step {
	struct object folder;
	struct stat entry;         /* what it named there, a link not followed; zeroed: nothing */
};

struct way {
	struct text path;          /* absolute, free of symbolic links, `.` and `..` */
	int folder;                /* descriptor of the last folder, for *at() calls alone (O_PATH); the caller closes it */
	const char *name;          /* in that folder: no link; it may not exist. "." where the way is that of a folder */
	struct LIST_OF(struct step) steps; /* from the root on */
};

enum way_kind {
	WAY_FILE,                  /* to a name in a folder; symbolic links are followed, 40 at most */
	WAY_ITSELF,                /* to the name, be it a link's */
	WAY_WITHOUT_LINKS,         /* to a name; a link on the way is ELOOP */
	WAY_FOLDER,                /* to a folder itself; links are followed */
	WAY_FOLDER_WITHOUT_LINKS
};

/* Walks from the root, of relative paths through the working directory. Returns 0, or an errno; then there is nothing to
 * close. */
int way_walk(struct arena *arena, struct text path, enum way_kind kind, struct way *way);

/* A way with what it leads to. */
struct found {
	struct text named;         /* the path that was walked */
	struct way way;            /* without a descriptor */
	struct object last;
};

struct found_list LIST_OF(struct found);

/* What the way leads to; false with errno set. */
bool way_last(struct arena *arena, const struct way *way, struct object *last);
