/* Who listens on a port of this machine: a password goes to no other than the server that it is meant for. */
#pragma once

#include "base/list.h"
#include "base/text.h"

struct user_list LIST_OF(unsigned);

enum listener {
	LISTENER_NONE,    /* nobody does */
	LISTENER_TRUSTED, /* one of those users, or root */
	LISTENER_OTHER,   /* somebody else does, too */
	LISTENER_UNKNOWN  /* the system does not tell */
};

/* Of all who could answer at a loopback address (an address, or "localhost" for all of them); `*user` is somebody else. */
enum listener listener_find(struct arena *arena, struct text host, struct text port, const struct user_list *users,
                            unsigned *user);
