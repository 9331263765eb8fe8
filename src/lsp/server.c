#include "lsp/server.h"

#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/exhaustion.h"
#include "lsp/method.h"

enum { MOST_WAITING = 512, LOOK_AFTER_PARENT = 10 * 1000 /* milliseconds */ };

/* --- methods --- */

static const struct method *const families[] = {session_methods,    synchronise_methods, action_methods,
                                               symbol_methods,     definition_methods,  hover_methods,       completion_methods};

static const struct method *find_method(struct text name) {
	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++)
		for (const struct method *method = families[i]; method->name; method++)
			if (text_is(name, method->name))
				return method;
	return NULL;
}

void reply_refuse(struct reply *reply, enum client_error error, struct text message) {
	reply->error = error;
	reply->message = message;
}

struct document *reply_document(struct server *server, const struct json_object *params, struct reply *reply) {
	struct text uri = tree_text(tree_get(params, "textDocument", "uri"));
	struct document *document = documents_find(&server->workspace.documents, uri);
	if (!document)
		reply_refuse(reply, CLIENT_INVALID_PARAMS, TEXT("there is no open text of that name"));
	return document;
}

/* --- one message --- */

static bool is_id(const struct json_object *id) { return tree_is_text(id) || tree_is_number(id); }

/* Whether a request may be answered now; else why not. */
static bool is_due(const struct server *server, const struct method *method, struct text name, struct reply *reply) {
	bool begins = text_is(name, "initialize");
	if (server->state == SERVER_NEW && !begins)
		reply_refuse(reply, CLIENT_NOT_INITIALIZED, TEXT("the server is not initialized yet"));
	else if (server->state == SERVER_SHUT_DOWN)
		reply_refuse(reply, CLIENT_INVALID_REQUEST, TEXT("the server is shut down"));
	else if (server->state == SERVER_RUNNING && begins)
		reply_refuse(reply, CLIENT_INVALID_REQUEST, TEXT("the server is initialized already"));
	else if (!method || !method->asks)
		reply_refuse(reply, CLIENT_UNKNOWN_METHOD, text_join(reply->arena, TEXT("there is no such request: "), name));
	return !reply->error;
}

static void answer(struct server *server, const struct json_object *message, struct text name) {
	struct arena arena = {0};
	struct reply reply = {.arena = &arena, .out = {.arena = &arena}};
	struct text id = tree_spell(&arena, tree_get(message, "id"));
	const struct method *method = find_method(name);
	reply.json.out = &reply.out;
	if (is_due(server, method, name, &reply))
		method->take(server, tree_get(message, "params"), &reply);
	if (reply.error)
		client_refuse(&server->client, id, reply.error, reply.message);
	else
		client_answer(&server->client, id, buffer_text(&reply.out));
	arena_release(&arena);
}

static void hear(struct server *server, const struct json_object *message, struct text name) {
	struct arena arena = {0};
	struct reply reply = {.arena = &arena, .out = {.arena = &arena}};
	const struct method *method = find_method(name);
	bool due = server->state == SERVER_RUNNING || text_is(name, "exit");
	if (method && !method->asks && due)
		method->take(server, tree_get(message, "params"), &reply);
	arena_release(&arena);
}

static void take_message(struct server *server, const struct json_object *message) {
	const struct json_object *method = tree_get(message, "method"), *id = tree_get(message, "id");
	bool responds = !method && (tree_get(message, "result") || tree_get(message, "error") || id);
	if (tree_is_object(message) && responds) return;
	if (!tree_is_object(message) || !tree_is_text(method) || (id && !is_id(id)))
		client_refuse(&server->client, TEXT(""), CLIENT_INVALID_REQUEST, TEXT("a message is one object with a method"));
	else if (id)
		answer(server, message, tree_text(method));
	else
		hear(server, message, tree_text(method));
}

struct text server_say(const struct server *server, struct arena *arena, enum wording wording, struct text inside) {
	return wording_text(arena, server->workspace.setup.lint_options.language, wording, inside);
}

/* --- messages that wait --- */

static void enqueue(struct server *server, struct json_object *tree) {
	struct letter *letter = calloc(1, sizeof(*letter));
	if (!letter) exhaustion_end();
	letter->tree = tree;
	if (!server->waiting)
		server->last = &server->waiting;
	*server->last = letter;
	server->last = &letter->next;
	server->waiting_count++;
}

/* Takes one out of the row. */
static struct json_object *take_out(struct server *server, struct letter **place) {
	struct letter *letter = *place;
	struct json_object *tree = letter->tree;
	*place = letter->next;
	if (!*place)
		server->last = place;
	server->waiting_count--;
	free(letter);
	return tree;
}

static bool is_same_id(const struct json_object *one, const struct json_object *other) {
	if (tree_is_number(one) && tree_is_number(other)) return tree_number(one, 0) == tree_number(other, 0);
	return tree_is_text(one) && tree_is_text(other) && text_equal(tree_text(one), tree_text(other));
}

/* A request that is cancelled before its turn is answered so, and no more. */
static void cancel(struct server *server, const struct json_object *id) {
	struct letter **place = &server->waiting;
	while (*place && !(is_same_id(tree_get((*place)->tree, "id"), id) && tree_is_text(tree_get((*place)->tree, "method"))))
		place = &(*place)->next;
	if (!*place) return;
	struct arena arena = {0};
	client_refuse(&server->client, tree_spell(&arena, id), CLIENT_CANCELLED, TEXT("cancelled"));
	arena_release(&arena);
	tree_release(take_out(server, place));
}

static void take_content(struct server *server, struct text content) {
	struct json_object *tree = tree_read(content);
	if (!tree) {
		client_refuse(&server->client, TEXT(""), CLIENT_PARSE_ERROR, TEXT("a message is no JSON"));
	} else if (text_is(tree_text(tree_get(tree, "method")), "$/cancelRequest") && !tree_get(tree, "id")) {
		cancel(server, tree_get(tree, "params", "id"));
		tree_release(tree);
	} else {
		enqueue(server, tree);
	}
}

void server_take(struct server *server) {
	struct text content;
	enum wire_take taken = WIRE_MESSAGE;
	while ((taken == WIRE_MESSAGE || taken == WIRE_TOO_LARGE) && server->waiting_count < MOST_WAITING) {
		taken = wire_take(&server->wire, &content);
		if (taken == WIRE_MESSAGE)
			take_content(server, content);
		else if (taken == WIRE_TOO_LARGE)
			client_refuse(&server->client, TEXT(""), CLIENT_INVALID_REQUEST, TEXT("a message is larger than 64 MiB"));
	}
	if (taken != WIRE_NONSENSE) return;
	client_refuse(&server->client, TEXT(""), CLIENT_PARSE_ERROR, TEXT("a header says no length: what follows can't be understood"));
	server->state = SERVER_ENDED;
	server->status = EXIT_FAILURE;
}

bool server_work(struct server *server) {
	if (server->waiting) {
		struct json_object *message = take_out(server, &server->waiting);
		take_message(server, message);
		tree_release(message);
		return true;
	}
	if (!server->stale || server->state != SERVER_RUNNING) return false;
	server->stale = false;
	publish_findings(&server->client, &server->workspace, &server->published);
	return true;
}

/* --- the whole --- */

static bool is_alive(int64_t process) {
	char path[32];
	snprintf(path, sizeof(path), "/proc/%" PRId64, process);
	return !access(path, F_OK);
}

void server_watch(struct server *server, int64_t process) {
	server->parent = process > 0 && is_alive(process) ? process : 0;
}

/* An editor that died may have left its end of the pipe to somebody else. */
static bool is_orphan(const struct server *server) { return server->parent && !is_alive(server->parent); }

/* Reads what has come; with nothing to do, waits for it. False when nothing will come any more. */
static bool listen_to(struct server *server, int input, bool waits) {
	struct pollfd ready = {.fd = input, .events = POLLIN};
	for (;;) {
		int count = poll(&ready, 1, waits ? LOOK_AFTER_PARENT : 0);
		if (count > 0) return wire_read(&server->wire, input);
		if (!waits) return true;
		if (is_orphan(server)) return false;
	}
}

void server_run(struct server *server, int input) {
	bool waits = true, hears = true;
	while (server->state != SERVER_ENDED && !server->client.gone) {
		if (hears && server->waiting_count < MOST_WAITING)
			hears = listen_to(server, input, waits);
		server_take(server);
		waits = server->state != SERVER_ENDED && !server_work(server);
		if (waits && !hears) break;
	}
	if (server->state != SERVER_ENDED)
		server->status = EXIT_FAILURE;
}

void server_release(struct server *server) {
	while (server->waiting)
		tree_release(take_out(server, &server->waiting));
	workspace_release(&server->workspace);
	arena_release(&server->published.arena);
	wire_release(&server->wire);
	arena_release(&server->arena);
}
