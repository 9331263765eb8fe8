/* Where two programs meet, of which one or both run in containers, as maps of these say. */
#pragma once

#include "inventory/lint.h"

/* Where the host that a client names is, as seen from the program that the other file belongs to. */
enum meeting {
	MEETING_UNKNOWN,
	MEETING_SAME,   /* that program's own place */
	MEETING_OTHER,  /* a place where it is not: the client's own container, in which nobody listens */
	MEETING_MACHINE /* the machine, which leads to that program's container by the ports that it publishes */
};

/* A statement of a client that seeks a server. */
struct seeking {
	const struct file *client, *server;
	struct text host;
	struct text port; /* empty: it is not known */
	struct text key;  /* of the statement */
};

enum meeting meeting_of(struct lint *lint, const struct seeking *seeking);

/* Whether a host's name or address stands for whoever asks. */
bool meeting_is_loopback(struct text host);
