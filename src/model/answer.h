/* What came of asking a server; causes in packs speak of its members by name (rule/fields.def). */
#pragma once

#include "base/text.h"

/* An empty text: there is none. None of them holds a secret that this program sent. */
struct answer {
	struct text probe;    /* its id */
	struct text url;      /* scheme, host, port and path */
	struct text host, port;
	struct text outcome;  /* the status, "401", or a word for what came instead of one: verify/protocol.h */
	struct text realm;    /* of WWW-Authenticate */
	struct text server;   /* of Server */
	struct text location; /* where it would send the client */
	struct text said;     /* the member `message` or `error` of a JSON answer */
	struct text missing;  /* what was expected and is not in it */
	struct text detail;   /* the transport's own words */
	struct text from, to; /* of --call */
	struct text call_id;
};
