/* The beginning and the end. */
#include <stdlib.h>
#include <unistd.h>

#include "base/path.h"
#include "command/exit.h"
#include "lsp/method.h"
#include "lsp/uri.h"
#include "process/confine.h"

/* --- initialize --- */

/* An editor with several folders has the first one looked after, and the open texts of all. */
static struct text root_of(struct arena *arena, const struct json_object *params) {
	const struct json_object *folders = tree_get(params, "workspaceFolders");
	struct text uri = tree_text(tree_get(tree_item(folders, 0), "uri"));
	if (!uri.length)
		uri = tree_text(tree_get(params, "rootUri"));
	struct text path = uri_path(arena, uri), written = tree_text(tree_get(params, "rootPath"));
	if (!path.length && text_starts_with(written, TEXT("/")))
		path = path_absolute(arena, TEXT(""), written);
	return path;
}

/* "uz-Latn-UZ" and "ru_RU" are languages; of others the configuration and the environment say what is spoken. */
static struct text language_of(struct arena *arena, struct text locale) {
	enum language language;
	struct text name = text_lower(arena, locale);
	for (size_t i = 0; i < name.length; i++)
		if (name.bytes[i] == '-' || name.bytes[i] == '_')
			name = text_slice(name, 0, i);
	return language_find(name, &language) ? name : TEXT("");
}

/* From here on paths are seen from the root, and nothing is left to be done that needs more than reading. */
static void settle(struct server *server) {
	struct arena scratch = {0};
	if (!server->settles)
		server->workspace.root = TEXT("");
	else if (server->workspace.root.length && chdir(text_string(&scratch, server->workspace.root)) < 0)
		server->workspace.root = TEXT("");
	if (server->settles)
		confine(CONFINED_TO_READING);
	arena_release(&scratch);
}

static void add_capabilities(struct server *server, struct json *json) {
	static const char *const encodings[] = {[ENCODING_UTF16] = "utf-16", [ENCODING_UTF8] = "utf-8", [ENCODING_UTF32] = "utf-32"};
	static const char *const plain[] = {"definitionProvider", "referencesProvider", "documentSymbolProvider", "hoverProvider"};
	json_object(json, "capabilities");
	json_text(json, "positionEncoding", text_of(encodings[server->client.encoding]));
	json_object(json, "textDocumentSync");
	json_truth(json, "openClose", true);
	json_number(json, "change", 2);
	json_truth(json, "save", true);
	json_end(json);
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		json_truth(json, plain[i], true);
	json_object(json, "completionProvider");
	json_texts(json, "triggerCharacters", &(struct text_list){(struct text[]){TEXT("="), TEXT("("), TEXT(",")}, 3, 3});
	json_end(json);
	json_object(json, "codeActionProvider");
	json_texts(json, "codeActionKinds", &(struct text_list){(struct text[]){TEXT("quickfix"), TEXT("source.fixAll.arilint")}, 2, 2});
	json_truth(json, "resolveProvider", true);
	json_end(json);
	json_object(json, "executeCommandProvider");
	json_texts(json, "commands", &(struct text_list){(struct text[]){TEXT("arilint.apply")}, 1, 1});
	json_end(json);
	json_end(json);
}

static void initialize(struct server *server, const struct json_object *params, struct reply *reply) {
	struct workspace *workspace = &server->workspace;
	client_take(&server->client, tree_get(params, "capabilities"));
	workspace->encoding = server->client.encoding;
	workspace->root = root_of(&server->arena, params);
	workspace->language = language_of(&server->arena, tree_text(tree_get(params, "locale")));
	settle(server);
	workspace_set_up(workspace);
	server->state = SERVER_RUNNING;
	server_watch(server, tree_number(tree_get(params, "processId"), 0));
	json_object(&reply->json, NULL);
	add_capabilities(server, &reply->json);
	json_object(&reply->json, "serverInfo");
	json_text(&reply->json, "name", TEXT("arilint"));
	json_text(&reply->json, "version", TEXT(ARILINT_VERSION));
	json_end(&reply->json);
	json_end(&reply->json);
}

/* --- initialized --- */

static void add_watcher(struct json *json, struct arena *arena, struct text glob) {
	json_object(json, NULL);
	json_text(json, "globPattern", text_join(arena, TEXT("**/"), glob));
	json_end(json);
}

static void add_globs(struct arena *arena, struct text_list *globs, const struct text_list *more) {
	for (size_t i = 0; i < more->count; i++)
		text_list_add_once(arena, globs, more->items[i]);
}

/* What a run may read: files that have a role or are parts of such, what puts programs into containers, packs. */
static void add_globs_of(struct arena *arena, struct text_list *globs, const struct pack *pack) {
	if (!pack->built_in)
		text_list_add_once(arena, globs, path_name(pack->path));
	for (size_t i = 0; i < pack->roles.count; i++) {
		add_globs(arena, globs, &pack->roles.items[i]->files.globs);
		add_globs(arena, globs, &pack->roles.items[i]->parts.globs);
	}
	add_globs(arena, globs, &pack->containers->texts);
	add_globs(arena, globs, &pack->scripts->texts);
}

static void add_watchers(const struct workspace *workspace, struct arena *arena, struct json *json) {
	const struct pack_list *packs = &workspace->setup.lint_options.packs;
	struct text_list globs = {0};
	text_list_add_once(arena, &globs, TEXT(".arilint.yaml"));
	for (size_t i = 0; i < packs->count; i++)
		add_globs_of(arena, &globs, packs->items[i]);
	json_list(json, "watchers");
	for (size_t i = 0; i < globs.count; i++)
		add_watcher(json, arena, globs.items[i]);
	json_end(json);
}

static void ask_to_watch(struct server *server, struct arena *arena) {
	struct buffer out = {.arena = arena};
	struct json json = {.out = &out};
	json_object(&json, NULL);
	json_list(&json, "registrations");
	json_object(&json, NULL);
	json_text(&json, "id", TEXT("arilint-files"));
	json_text(&json, "method", TEXT("workspace/didChangeWatchedFiles"));
	json_object(&json, "registerOptions");
	add_watchers(&server->workspace, arena, &json);
	json_end(&json);
	json_end(&json);
	json_end(&json);
	json_end(&json);
	client_ask(&server->client, "client/registerCapability", buffer_text(&out));
}

static void initialized(struct server *server, const struct json_object *params, struct reply *reply) {
	if (server->client.watches)
		ask_to_watch(server, reply->arena);
	if (server->workspace.fault.length)
		client_show(&server->client, 1, server->workspace.fault);
	server->stale = true;
}

/* --- the end --- */

static void shut_down(struct server *server, const struct json_object *params, struct reply *reply) {
	server->state = SERVER_SHUT_DOWN;
}

static void leave(struct server *server, const struct json_object *params, struct reply *reply) {
	server->status = server->state == SERVER_SHUT_DOWN ? EXIT_SUCCESS : EXIT_FAILURE;
	server->state = SERVER_ENDED;
}

const struct method session_methods[] = {
	{"initialize", true, initialize}, {"initialized", false, initialized}, {"shutdown", true, shut_down}, {"exit", false, leave}, {0}};
