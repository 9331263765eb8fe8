/* A handler: what lets a program of this machine read its changed files again, and how it is known to have worked. Packs
 * name handlers; only the machine's administrator defines them, see definitions.h.
 * In: files that were changed, the machine's definitions. Out: programs that have read them again, or why not. */
#pragma once

#include "base/list.h"
#include "model/pattern.h"
#include "yaml/node.h"

struct pattern_list LIST_OF(struct pattern);

/* A program to run, and what must be true of its end and its output. */
struct handler_command {
	struct text_list words;       /* argv: the first is an absolute path; no shell */
	int64_t status;               /* the exit status that it must end with */
	struct pattern_list expect;   /* all must match somewhere in the output */
	struct pattern_list forbid;   /* none may */
};

/* A second command whose output tells what is so: a program may end well although nothing has happened. */
struct handler_state {
	struct handler_command command;
	struct text pm2;              /* the output is that of `pm2 jlist`, and this app must be up and stay so; or empty */
	int64_t within;               /* seconds until it must be so */
	int64_t steady;               /* it must still be so after as many seconds, and nothing have changed */
};

struct handler {
	struct text name;
	const struct node *node;      /* of its name, and the file it stands in, for messages */
	struct source *source;
	struct handler_command command;
	struct text user;             /* empty: whoever runs arilint */
	struct text folder;           /* empty: the root folder */
	int64_t timeout;              /* seconds for each run of a command */
	struct pattern retry;         /* output after which it is run again; nothing spelled: never */
	int64_t retry_times, retry_delay;
	struct text_list after;       /* handlers that are run first, where they are needed too */
	struct pattern fallback;      /* output that means that another handler must do it; nothing spelled: none */
	struct text fallback_handler;
	struct text fallback_message; /* what that output means, for people */
	struct ARRAY_OF(struct handler_state) states;
};

/* In the order in which they are to be run. */
struct handler_list LIST_OF(struct handler *);

/* The handler of that name, or NULL. */
const struct handler *handler_find(const struct handler_list *handlers, struct text name);
