/* What changes in the editor and on the disk. */
#include "base/path.h"
#include "lsp/method.h"
#include "lsp/uri.h"

static void touch(struct server *server) {
	workspace_changed(&server->workspace);
	server->stale = true;
}

static void did_open(struct server *server, const struct json_object *params, struct reply *reply) {
	const struct json_object *item = tree_get(params, "textDocument");
	struct text uri = tree_text(tree_get(item, "uri"));
	if (!uri.length) return;
	documents_open(&server->workspace.documents, uri, tree_number(tree_get(item, "version"), 0), tree_text(tree_get(item, "text")));
	touch(server);
}

static void did_change(struct server *server, const struct json_object *params, struct reply *reply) {
	struct document *document = reply_document(server, params, reply);
	if (!document) return;
	document->version = tree_number(tree_get(params, "textDocument", "version"), document->version);
	document_change(document, tree_get(params, "contentChanges"), server->client.encoding);
	touch(server);
}

static void did_close(struct server *server, const struct json_object *params, struct reply *reply) {
	struct document *document = reply_document(server, params, reply);
	if (!document) return;
	publish_nothing(&server->client, document->uri);
	documents_close(&server->workspace.documents, document->uri);
	touch(server);
}

/* A configuration or a pack says how all is judged. */
static bool is_of_set_up(struct text path) { return text_ends_with(path, TEXT(".yaml")) || text_ends_with(path, TEXT(".yml")); }

static void look_again(struct server *server, bool set_up) {
	if (set_up)
		workspace_set_up(&server->workspace);
	workspace_files_changed(&server->workspace);
	if (set_up && server->workspace.fault.length)
		client_show(&server->client, 1, server->workspace.fault);
	server->stale = true;
}

static void did_save(struct server *server, const struct json_object *params, struct reply *reply) {
	struct document *document = reply_document(server, params, reply);
	if (document)
		look_again(server, is_of_set_up(document->path));
}

static void did_change_files(struct server *server, const struct json_object *params, struct reply *reply) {
	const struct json_object *changes = tree_get(params, "changes");
	bool set_up = false;
	for (size_t i = 0; i < tree_count(changes); i++)
		set_up = is_of_set_up(uri_path(reply->arena, tree_text(tree_get(tree_item(changes, i), "uri")))) || set_up;
	look_again(server, set_up);
}

const struct method synchronise_methods[] = {{"textDocument/didOpen", false, did_open},
                                             {"textDocument/didChange", false, did_change},
                                             {"textDocument/didSave", false, did_save},
                                             {"textDocument/didClose", false, did_close},
                                             {"workspace/didChangeWatchedFiles", false, did_change_files},
                                             {0}};
