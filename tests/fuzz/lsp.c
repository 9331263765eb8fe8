/* Any bytes as what an editor says: a message on each line, with "+" before it when the next one comes before it is answered;
 * what begins no object or list goes out as it is, header and all. {root} is a folder with the files of planted.h, {secret} in
 * the text of a document the secret, which is told nowhere but in an edit that was chosen. The editor chooses whatever it is
 * offered. Each request is answered once, in JSON. */
#include <fcntl.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <unistd.h>

#include "inventory/redact.h"
#include "lsp/server.h"
#include "lsp/tree.h"
#include "planted.h"
#include "scratch.h"
#include "target.h"

enum { MOST_CHOSEN = 16 };

static struct editor {
	struct arena arena;
	struct text_list said;   /* by the server */
	size_t heard;            /* of these, by the editor */
	size_t asked, answered;  /* requests of the editor */
	size_t chosen;
	bool raw;                /* nobody knows what was asked */
	bool open;               /* the secret may be none any more */
} editor;

/* --- what the server says --- */

static bool take_down(struct client *client, struct text message) {
	*list_add(&editor.arena, &editor.said) = text_copy(&editor.arena, message);
	return true;
}

static bool is_before(const struct json_object *start, const struct json_object *end) {
	int64_t lines[] = {tree_number(tree_get(start, "line"), -1), tree_number(tree_get(end, "line"), -1)};
	int64_t characters[] = {tree_number(tree_get(start, "character"), -1), tree_number(tree_get(end, "character"), -1)};
	bool is_place = lines[0] >= 0 && lines[1] >= 0 && characters[0] >= 0 && characters[1] >= 0;
	return is_place && (lines[0] < lines[1] || (lines[0] == lines[1] && characters[0] <= characters[1]));
}

static void require_ranges(const struct json_object *tree, struct text message);

static void require_ranges_of_members(const struct json_object *tree, struct text message) {
	const struct json_object *range = tree_get(tree, "range");
	struct json_object_iterator at = json_object_iter_begin((struct json_object *)(uintptr_t)tree);
	struct json_object_iterator end = json_object_iter_end((struct json_object *)(uintptr_t)tree);
	require(!range || is_before(tree_get(range, "start"), tree_get(range, "end")), "a range that is none: %.*s", TEXT_ARGUMENTS(message));
	for (; !json_object_iter_equal(&at, &end); json_object_iter_next(&at))
		require_ranges(json_object_iter_peek_value(&at), message);
}

static void require_ranges(const struct json_object *tree, struct text message) {
	if (tree_is_object(tree))
		require_ranges_of_members(tree, message);
	for (size_t i = 0; i < tree_count(tree); i++)
		require_ranges(tree_item(tree, i), message);
}

/* An edit has to write what it writes: all else is held against the secret. */
static void require_no_secret(struct json_object *tree) {
	struct arena arena = {0};
	struct json_object *holder = NULL;
	const char *holders[] = {"result", "params"};
	for (size_t i = 0; i < sizeof(holders) / sizeof(*holders); i++)
		if (json_object_object_get_ex(tree, holders[i], &holder) && json_object_is_type(holder, json_type_object))
			json_object_object_del(holder, "edit");
	if (!editor.open)
		require_absent(&arena, tree_spell(&arena, tree), "the language server");
	arena_release(&arena);
}

static void say(struct server *server, struct text message, bool waits);

static void choose(struct server *server, const struct json_object *action) {
	struct arena arena = {0};
	struct text spelled = tree_spell(&arena, action);
	bool offers = tree_is_object(tree_get(action, "data")) || tree_is_object(tree_get(action, "command"));
	if (offers && editor.chosen++ < MOST_CHOSEN) {
		const char *method = tree_is_object(tree_get(action, "data")) ? "codeAction/resolve" : "workspace/executeCommand";
		if (tree_is_object(tree_get(action, "command")))
			spelled = tree_spell(&arena, tree_get(action, "command"));
		say(server, text_format(&arena, "{\"jsonrpc\":\"2.0\",\"id\":\"chosen\",\"method\":\"%s\",\"params\":%.*s}", method,
		                        TEXT_ARGUMENTS(spelled)), false);
	}
	arena_release(&arena);
}

static void hear(struct server *server, struct text message) {
	struct json_object *tree = tree_read(message);
	require(tree && tree_is_object(tree) && text_is(tree_text(tree_get(tree, "jsonrpc")), "2.0"), "no message: %.*s", TEXT_ARGUMENTS(message));
	const struct json_object *result = tree_get(tree, "result"), *method = tree_get(tree, "method");
	editor.answered += !method && tree_get(tree, "id");
	require_ranges(tree, message);
	require_no_secret(tree);
	for (size_t i = 0; !method && i < tree_count(result); i++)
		choose(server, tree_item(result, i));
	tree_release(tree);
}

/* --- what the editor says --- */

/* An ari.conf of the editor's own takes the place of the one with the secret, which may be none then. */
static bool leaves_secret(struct text uri) {
	return text_find_byte(uri, '%') == TEXT_NOT_FOUND && text_find(text_lower(&editor.arena, uri), TEXT("ari.conf")) == TEXT_NOT_FOUND;
}

/* Notes what is asked; false when it must not be said: a secret that a client tells as a name is no secret. */
static bool note(struct text message) {
	struct json_object *tree = tree_read(message);
	struct text method = tree_text(tree_get(tree, "method")), uri = tree_text(tree_get(tree, "params", "textDocument", "uri"));
	bool tells = text_find(message, TEXT(PLANTED)) != TEXT_NOT_FOUND;
	bool writes = text_is(method, "textDocument/didOpen") || text_is(method, "textDocument/didChange");
	bool named = !tells || (writes && text_find(uri, TEXT(PLANTED)) == TEXT_NOT_FOUND && !tree_get(tree, "id"));
	const struct json_object *id = tree_get(tree, "id");
	if (named && tree_is_object(tree) && tree_is_text(tree_get(tree, "method")) && (tree_is_text(id) || tree_is_number(id)))
		editor.asked++;
	editor.open = editor.open || (writes && !leaves_secret(uri));
	tree_release(tree);
	return named;
}

static void work(struct server *server) {
	bool worked = true;
	while (worked && server->state != SERVER_ENDED) {
		server_take(server);
		worked = server->state != SERVER_ENDED && server_work(server);
	}
	while (editor.heard < editor.said.count)
		hear(server, editor.said.items[editor.heard++]);
}

static void say(struct server *server, struct text message, bool waits) {
	bool framed = text_starts_with(message, TEXT("{")) || text_starts_with(message, TEXT("["));
	if (framed && !note(message)) return;
	editor.raw = editor.raw || !framed;
	if (framed)
		wire_add(&server->wire, text_format(&editor.arena, "Content-Length: %zu\r\n\r\n", message.length));
	wire_add(&server->wire, message);
	if (waits)
		server_take(server);
	else
		work(server);
	/* Messages are seen from the folder, once there is one to be seen from. */
	server->workspace.root = server->state == SERVER_NEW ? TEXT("") : scratch_folder();
}

static struct text put_in(struct text line, struct text name, struct text value) {
	struct buffer out = {.arena = &editor.arena};
	for (size_t at; (at = text_find(line, name)) != TEXT_NOT_FOUND; line = text_from(line, at + name.length)) {
		buffer_add(&out, text_slice(line, 0, at));
		buffer_add(&out, value);
	}
	buffer_add(&out, line);
	return buffer_text(&out);
}

static void say_all(struct server *server, struct text bytes) {
	struct text root = text_join(&editor.arena, TEXT("file://"), scratch_folder());
	while (bytes.length && server->state != SERVER_ENDED) {
		struct text line = text_cut(&bytes, '\n');
		bool waits = text_starts_with(line, TEXT("+"));
		line = put_in(put_in(text_from(line, waits), TEXT("{root}"), root), TEXT("{secret}"), TEXT(PLANTED));
		say(server, line, waits);
	}
	work(server);
}

/* --- the whole --- */

static void lay_out(struct arena *arena) {
	static bool laid;
	struct test_file_list files = {0};
	planted_add_files(arena, &files);
	for (size_t i = 0; !laid && i < files.count; i++)
		require(scratch_write(files.items[i].path, files.items[i].content), "no room for files");
	laid = true;
}

void take_lsp(struct text bytes) {
	struct options options = {.isolated = true, .language = TEXT("en")};
	struct server server = {.client = {.send = take_down}, .workspace = {.given = &options}};
	int here = open(".", O_PATH | O_CLOEXEC);
	lay_out(&editor.arena);
	require(here >= 0 && !chdir(text_string(&editor.arena, scratch_folder())), "no folder to work in");
	say_all(&server, bytes);
	bool all = server.state != SERVER_ENDED && !editor.raw;
	require(!all || editor.answered == editor.asked, "%zu requests, %zu answers", editor.asked, editor.answered);
	require(editor.raw || editor.answered <= editor.asked, "%zu requests, %zu answers", editor.asked, editor.answered);
	server_release(&server);
	redact_forget();
	require(!fchdir(here) && !close(here), "no way back");
	arena_release(&editor.arena);
	editor = (struct editor){0};
}
