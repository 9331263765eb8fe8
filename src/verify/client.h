/* Clients: the places of a file whose settings say how a server is asked. */
#pragma once

#include "evaluate/expression.h"
#include "model/answer.h"
#include "redact/redact.h"
#include "rule/verification.h"

/* One question to a server, and what came of it. */
struct probe_result {
	const struct probe *probe;
	struct text path;              /* percent-encoded, behind the host and port */
	struct text skipped;           /* why it is not asked; empty: it is */
	struct answer answer;
	struct text type;              /* media type of the answer */
	uint32_t milliseconds;
	bool passed;
	struct text title;             /* of a probe that passed */
	/* What follows is of a probe that did not pass. */
	const struct failure_mode *failure_mode; /* NULL: the pack knows none */
	struct text cause, help;
	struct LIST_OF(const struct diagnostic *) findings; /* of the files, that explain it; gravest first */
};

struct client {
	const struct pack *pack;
	const struct verification *verification;
	struct subject subject;            /* the place */
	struct text scheme, host, port;
	struct text path;              /* of the base */
	struct text user;
	struct text authorization;     /* base64 of user:password; never shown */
	struct redaction redaction;    /* of a server's words, which may be what it was sent */
	bool loopback;
	struct text doubt;             /* why the password is not sent, but the first question is asked; empty: it is */
	struct text refusal;           /* why nothing is asked; empty: it is */
	struct probe_result *results;  /* parallel to verification->probes */
};

struct client_list LIST_OF(struct client);

/* What the command line says. */
struct verify_options {
	struct text from, to;          /* of --call; empty: no call */
	struct text call_id;
	uint32_t timeout;              /* milliseconds for each question */
	bool insecure_loopback;
};

/* All clients of a run that was linted, each once. */
void clients_find(struct lint *lint, const struct verify_options *options, struct client_list *clients);

/* Whether the client asks that question of its. */
bool client_asks(const struct client *client, const struct probe_result *result);

/* An answer to a question without the password tells no more than that there is somebody. */
void client_doubt_answer(struct arena *arena, const struct client *client, struct probe_result *result);

/* "http://127.0.0.1:8088/ari", with `more` behind it. */
struct text client_url(struct arena *arena, const struct client *client, struct text more);

/* A context for the texts of an answer (NULL: before there is one). */
struct context client_context(struct lint *lint, const struct client *client, const struct answer *answer);
