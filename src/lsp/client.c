#include "lsp/client.h"

#include <inttypes.h>
#include <stdio.h>

#include "json/write.h"
#include "lsp/tree.h"
#include "redact/redact.h"

static enum encoding choose_encoding(const struct json_object *offered) {
	return tree_has(offered, "utf-8")  ? ENCODING_UTF8
	       : tree_has(offered, "utf-16") || !tree_has(offered, "utf-32") ? ENCODING_UTF16
	                                                                     : ENCODING_UTF32;
}

/* The format that it likes best comes first. */
static bool likes_markdown(const struct json_object *formats) { return text_is(tree_text(tree_item(formats, 0)), "markdown"); }

void client_take(struct client *client, const struct json_object *capabilities) {
	const struct json_object *action = tree_get(capabilities, "textDocument", "codeAction");
	client->encoding = choose_encoding(tree_get(capabilities, "general", "positionEncodings"));
	client->resolves = tree_has(tree_get(action, "resolveSupport", "properties"), "edit") && tree_truth(tree_get(action, "dataSupport"));
	client->applies = tree_truth(tree_get(capabilities, "workspace", "applyEdit"));
	client->versions = tree_truth(tree_get(capabilities, "workspace", "workspaceEdit", "documentChanges"));
	client->relates = tree_truth(tree_get(capabilities, "textDocument", "publishDiagnostics", "relatedInformation"));
	client->watches = tree_truth(tree_get(capabilities, "workspace", "didChangeWatchedFiles", "dynamicRegistration"));
	client->marks = likes_markdown(tree_get(capabilities, "textDocument", "hover", "contentFormat"));
	client->marks_items = likes_markdown(tree_get(capabilities, "textDocument", "completion", "completionItem", "documentationFormat"));
	client->nests = tree_truth(tree_get(capabilities, "textDocument", "documentSymbol", "hierarchicalDocumentSymbolSupport"));
}

/* --- messages --- */

static void deliver(struct client *client, const struct buffer *message) {
	client->gone = client->gone || !client->send(client, buffer_text(message));
}

static struct text or_null(struct text ready) { return ready.length ? ready : TEXT("null"); }

void client_answer(struct client *client, struct text id, struct text result) {
	struct arena arena = {0};
	struct buffer out = {.arena = &arena};
	buffer_format(&out, "{\"jsonrpc\": \"2.0\", \"id\": %.*s, \"result\": ", TEXT_ARGUMENTS(or_null(id)));
	buffer_add(&out, or_null(result));
	buffer_add_byte(&out, '}');
	deliver(client, &out);
	arena_release(&arena);
}

void client_refuse(struct client *client, struct text id, enum client_error error, struct text message) {
	struct arena arena = {0};
	struct buffer out = {.arena = &arena};
	buffer_format(&out, "{\"jsonrpc\": \"2.0\", \"id\": %.*s, \"error\": {\"code\": %d, \"message\": ", TEXT_ARGUMENTS(or_null(id)), (int)error);
	json_string(&out, redact_output(&arena, message));
	buffer_add_string(&out, "}}");
	deliver(client, &out);
	arena_release(&arena);
}

/* `id` is what tells a request from a notification: a member of the message, or nothing. */
static void call(struct client *client, const char *id, const char *method, struct text params) {
	struct arena arena = {0};
	struct buffer out = {.arena = &arena};
	buffer_format(&out, "{\"jsonrpc\": \"2.0\"%s, \"method\": \"%s\", \"params\": ", id, method);
	buffer_add(&out, or_null(params));
	buffer_add_byte(&out, '}');
	deliver(client, &out);
	arena_release(&arena);
}

void client_notify(struct client *client, const char *method, struct text params) { call(client, "", method, params); }

void client_ask(struct client *client, const char *method, struct text params) {
	char id[64];
	snprintf(id, sizeof id, ", \"id\": \"arilint-%" PRIu64 "\"", ++client->asked);
	call(client, id, method, params);
}

void client_show(struct client *client, unsigned kind, struct text sentence) {
	struct arena arena = {0};
	struct buffer out = {.arena = &arena};
	buffer_format(&out, "{\"type\": %u, \"message\": ", kind);
	json_string(&out, redact_output(&arena, redact_words(&arena, sentence)));
	buffer_add_byte(&out, '}');
	client_notify(client, "window/showMessage", buffer_text(&out));
	arena_release(&arena);
}
