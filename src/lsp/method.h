/* Methods of the protocol: what an editor asks or tells. */
#pragma once

#include "json/write.h"
#include "lsp/server.h"
#include "lsp/tree.h"

/* What is answered; of a notification nothing is. */
struct reply {
	struct arena *arena;
	struct buffer out;        /* JSON; empty: null */
	struct json json;         /* writes there */
	enum client_error error;  /* 0: there is none */
	struct text message;      /* of the error */
};

struct method {
	const char *name;
	bool asks;                /* it is a request */
	void (*take)(struct server *server, const struct json_object *params, struct reply *reply);
};

/* Sets an error. */
void reply_refuse(struct reply *reply, enum client_error error, struct text message);

/* The open document that the params name, or NULL with an error. */
struct document *reply_document(struct server *server, const struct json_object *params, struct reply *reply);

/* Ended by a row without a name. */
extern const struct method session_methods[], synchronise_methods[], action_methods[], symbol_methods[], definition_methods[],
	hover_methods[], completion_methods[];
