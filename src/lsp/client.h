/* The editor: what it can do, and what is said to it. */
#pragma once

#include "base/buffer.h"
#include "lsp/layout.h"

struct json_object;

/* Errors of JSON-RPC and of the protocol. */
enum client_error {
	CLIENT_PARSE_ERROR = -32700,
	CLIENT_INVALID_REQUEST = -32600,
	CLIENT_UNKNOWN_METHOD = -32601,
	CLIENT_INVALID_PARAMS = -32602,
	CLIENT_NOT_INITIALIZED = -32002,
	CLIENT_REQUEST_FAILED = -32803,
	CLIENT_CONTENT_MODIFIED = -32801,
	CLIENT_CANCELLED = -32800
};

struct client {
	bool (*send)(struct client *client, struct text message); /* false: it is gone */
	int descriptor;          /* for `send` */
	bool gone;
	enum encoding encoding;
	bool resolves;           /* it asks for the edits of an action once it is chosen */
	bool applies;            /* it applies edits that it is asked to */
	bool versions;           /* edits may say for which version of a text they are */
	bool relates;            /* diagnostics may name other places */
	bool watches;            /* it can be asked to watch files */
	bool marks;              /* what is shown beside a text may be Markdown */
	bool marks_items;        /* so may what is told of what completes a text */
	bool nests;              /* symbols may have symbols in them */
	uint64_t asked;          /* requests that it was sent */
};

/* Takes what an editor says of itself in `initialize`. */
void client_take(struct client *client, const struct json_object *capabilities);

/* The texts are JSON, `id` too; empty params and results are null. A method and a message are plain. */
void client_answer(struct client *client, struct text id, struct text result);
void client_refuse(struct client *client, struct text id, enum client_error error, struct text message);
void client_notify(struct client *client, const char *method, struct text params);
void client_ask(struct client *client, const char *method, struct text params);

/* Shows a sentence, an error or a warning (the protocol's 1 and 2), secrets in it masked. */
void client_show(struct client *client, unsigned kind, struct text sentence);
