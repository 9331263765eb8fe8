/* The server: from `initialize` to `exit`. Messages are read ahead, so that a request may be cancelled before its turn, and
 * nothing is judged while more changes wait. */
#pragma once

#include "lsp/client.h"
#include "lsp/publish.h"
#include "lsp/wording.h"
#include "lsp/wire.h"
#include "lsp/workspace.h"

enum server_state { SERVER_NEW, SERVER_RUNNING, SERVER_SHUT_DOWN, SERVER_ENDED };

struct letter {
	struct json_object *tree;
	struct letter *next;
};

/* Zero-initialise with the command line's options and the client's `send` set. */
struct server {
	struct arena arena;      /* of the session */
	struct client client;
	struct workspace workspace;
	struct published published;
	struct wire wire;
	struct letter *waiting, **last; /* in the order in which they came */
	size_t waiting_count;
	enum server_state state;
	bool settles;            /* the root becomes the working directory; then this process can do no more than read */
	bool stale;              /* what was published may be no longer so */
	int64_t parent;          /* the process of the editor; 0: it is not known */
	int status;              /* to exit with */
};

/* Takes all whole messages that have come into server->wire. */
void server_take(struct server *server);

/* Does what is next: answers a message or publishes; false when there is nothing to do before more has come. */
bool server_work(struct server *server);

/* Reads and works until the editor has had enough, or is gone. */
void server_run(struct server *server, int input);

/* Ends with a process; one that can't be seen from here, as from a container, is not watched. */
void server_watch(struct server *server, int64_t process);

/* A text of the server's own, as the editor's user reads it. */
struct text server_say(const struct server *server, struct arena *arena, enum wording wording, struct text inside);

void server_release(struct server *server);
