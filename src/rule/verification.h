/* What `arilint verify` asks a server with the settings of a file, and what its answers mean. */
#pragma once

#include "rule/pack.h"

struct probe {
	struct text id;
	struct message title;
	enum severity severity; /* of its failure */
	struct text method;     /* GET, POST, DELETE */
	bool websocket;
	const struct template *path; /* behind the base; what stands in braces is percent-encoded */
	struct text status;          /* "200": any other is a failure */
	struct text type;            /* of the answer, as "application/json"; empty: any */
	struct text_list members;    /* that the JSON answer must have */
	bool call;                   /* only asked with --call */
	struct message notice;       /* said before it is asked; may be absent */
	struct text after;           /* the probe without whose success its answer means nothing; empty: none */
};

/* What an answer that was not expected means; the first whose condition holds does. */
struct failure_mode {
	const struct condition *when;
	struct text_list effects; /* findings with one of them explain it; the first is named; may be empty */
	struct message cause;
	struct message help; /* may be absent */
};

struct verification {
	const struct selector *selector;     /* each place is a client of a server */
	const struct selector *answers;  /* the same together with an answer: what texts and conditions speak of */
	const struct template *base; /* its URL */
	const struct template *user, *password;
	struct text account; /* the user that the server runs as, besides root; empty: none */
	struct text_list account_from; /* a file, and the section and key in it that may name another; empty: none */
	struct text path; /* added to a base that does not end in it */
	struct ARRAY_OF(struct probe) probes;
	struct ARRAY_OF(struct failure_mode) failure_modes;
};
