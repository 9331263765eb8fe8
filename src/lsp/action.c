/* What an editor offers to do about a finding: its fix, a comment that silences it, all safe fixes of the file. What an action
 * writes is made and proved when it is chosen: a list of actions holds no secret and costs nothing. */
#include "evaluate/silence.h"
#include "fixer/crossing.h"
#include "fixer/fixer.h"
#include "lsp/change.h"
#include "lsp/method.h"
#include "lsp/range.h"
#include "redact/redact.h"

#define COMMAND "arilint.apply"
#define REASON "silenced in the editor"

enum deed { DEED_FIX, DEED_SILENCE, DEED_FIX_ALL, DEED_COUNT };

static const struct {
	const char *name, *kind;
} deeds[DEED_COUNT] = {{"fix", "quickfix"}, {"silence", "quickfix"}, {"fix-all", "source.fixAll.arilint"}};

/* --- the list --- */

struct listing {
	struct server *server;
	const struct json_object *params;
	const struct document *document;
	struct analysis *analysis;
	const struct source *source;
	struct arena *arena;
	struct json *json;
	struct map crossings;
};

/* An editor may want some kinds of actions only: "source" is all of "source.fixAll.arilint" and its like. */
static bool is_wanted(const struct listing *listing, enum deed deed) {
	const struct json_object *only = tree_get(listing->params, "context", "only");
	bool wanted = !tree_count(only);
	for (size_t i = 0; i < tree_count(only) && !wanted; i++) {
		struct text kind = text_of(deeds[deed].kind), prefix = tree_text(tree_item(only, i));
		wanted = !prefix.length || (text_starts_with(kind, prefix) &&
		                            (kind.length == prefix.length || kind.bytes[prefix.length] == '.'));
	}
	return wanted;
}

static void add_data(const struct listing *listing, enum deed deed, const struct diagnostic *finding, const char *key) {
	struct json *json = listing->json;
	json_object(json, key);
	json_text(json, "deed", text_of(deeds[deed].name));
	json_text(json, "uri", listing->document->uri);
	json_number(json, "version", listing->document->version < 0 ? 0 : (uint64_t)listing->document->version);
	if (finding) {
		json_text(json, "rule", finding->rule);
		json_number(json, "start", finding->place.span.start);
		json_number(json, "end", finding->place.span.end);
	}
	json_end(json);
}

/* The editor's own words for the finding, so that it knows which one is mended. */
static void add_diagnostics(const struct listing *listing, const struct diagnostic *finding) {
	const struct json_object *theirs = tree_get(listing->params, "context", "diagnostics");
	const struct layout *layout = analysis_layout(listing->analysis, listing->source);
	struct buffer ready = {.arena = listing->arena};
	json_list(listing->json, "diagnostics");
	for (size_t i = 0; i < tree_count(theirs); i++) {
		const struct json_object *one = tree_item(theirs, i);
		if (!text_equal(tree_text(tree_get(one, "code")), finding->rule) || !range_meets(layout, tree_get(one, "range"), finding->place.span))
			continue;
		buffer_add_string(&ready, ready.length ? ", " : "");
		buffer_add(&ready, tree_spell(listing->arena, one));
	}
	if (ready.length)
		json_ready(listing->json, buffer_text(&ready));
	json_end(listing->json);
}

static void add_action(const struct listing *listing, enum deed deed, const struct diagnostic *finding, struct text title) {
	struct json *json = listing->json;
	title = redact_output(listing->arena, title);
	json_object(json, NULL);
	json_text(json, "title", title);
	json_text(json, "kind", text_of(deeds[deed].kind));
	if (finding)
		add_diagnostics(listing, finding);
	if (deed == DEED_FIX && finding->fix->safety == SAFETY_SAFE)
		json_truth(json, "isPreferred", true);
	if (listing->server->client.resolves) {
		add_data(listing, deed, finding, "data");
	} else {
		json_object(json, "command");
		json_text(json, "title", title);
		json_text(json, "command", TEXT(COMMAND));
		json_list(json, "arguments");
		add_data(listing, deed, finding, NULL);
		json_end(json);
		json_end(json);
	}
	json_end(json);
}

/* Nobody knows yet who may read a file that is not saved: what is another file's is not written there. */
static bool carries_into_nowhere(const struct fix *fix) {
	for (size_t i = 0; i < fix->edits.count; i++)
		if (fix->holders.count && !fix->edits.items[i].source->status.st_ino)
			return true;
	return false;
}

static bool can_be_fixed(struct listing *listing, const struct diagnostic *finding) {
	if (!fix_is_possible(finding->fix) || finding->fix->safety == SAFETY_SUGGEST) return false;
	crossing_withhold(listing->arena, &listing->crossings, finding->fix);
	return fix_is_possible(finding->fix) && !carries_into_nowhere(finding->fix);
}

static void add_of_finding(struct listing *listing, const struct diagnostic *finding) {
	struct arena *arena = listing->arena;
	if (can_be_fixed(listing, finding) && is_wanted(listing, DEED_FIX)) {
		bool safe = finding->fix->safety == SAFETY_SAFE;
		add_action(listing, DEED_FIX, finding, safe ? finding->fix->title : server_say(listing->server, arena, WORDING_UNSAFE, finding->fix->title));
	}
	if (fix_is_possible(silence_make(&listing->analysis->lint, finding, REASON)) && is_wanted(listing, DEED_SILENCE))
		add_action(listing, DEED_SILENCE, finding, server_say(listing->server, arena, WORDING_IGNORE_HERE, finding->rule));
}

static void add_all(struct listing *listing) {
	const struct diagnostics *diagnostics = &listing->analysis->diagnostics;
	const struct layout *layout = analysis_layout(listing->analysis, listing->source);
	bool any_safe = false;
	for (size_t i = 0; i < diagnostics->found.count; i++) {
		const struct diagnostic *finding = &diagnostics->found.items[i];
		if (finding->place.source != listing->source) continue;
		any_safe = any_safe || (can_be_fixed(listing, finding) && finding->fix->safety == SAFETY_SAFE);
		if (range_meets(layout, tree_get(listing->params, "range"), finding->place.span))
			add_of_finding(listing, finding);
	}
	if (any_safe && is_wanted(listing, DEED_FIX_ALL))
		add_action(listing, DEED_FIX_ALL, NULL, server_say(listing->server, listing->arena, WORDING_FIX_ALL, TEXT("")));
}

static void list_actions(struct server *server, const struct json_object *params, struct reply *reply) {
	struct listing listing = {.server = server, .params = params, .arena = reply->arena, .json = &reply->json};
	listing.document = reply_document(server, params, reply);
	if (!listing.document) return;
	listing.analysis = workspace_analysis(&server->workspace);
	listing.source = analysis_source(&server->workspace, listing.analysis, listing.document);
	json_list(&reply->json, NULL);
	if (listing.source)
		add_all(&listing);
	json_end(&reply->json);
}

/* --- one that was chosen --- */

static struct diagnostic *find_finding(const struct analysis *analysis, const struct source *source, const struct json_object *data) {
	for (size_t i = 0; source && i < analysis->diagnostics.found.count; i++) {
		struct diagnostic *finding = &analysis->diagnostics.found.items[i];
		if (finding->place.source == source && text_equal(finding->rule, tree_text(tree_get(data, "rule"))) &&
		    finding->place.span.start == tree_number(tree_get(data, "start"), -1) &&
		    finding->place.span.end == tree_number(tree_get(data, "end"), -1))
			return finding;
	}
	return NULL;
}

/* The fix of one finding, alone; what it leads to is proved as for --fix. */
static struct fixer_result fix_one(struct analysis *analysis, const struct diagnostic *finding) {
	struct text_list keys = {0};
	*list_add(&analysis->arena, &keys) = fixer_key(&analysis->arena, finding);
	analysis->options.unsafe_fixes = finding->fix->safety == SAFETY_UNSAFE;
	return fixer_try(&analysis->lint, &analysis->inputs, &keys, true);
}

static struct fixer_result make(struct server *server, const struct document *document, enum deed deed,
                                const struct json_object *data, struct analysis *analysis) {
	struct workspace *workspace = &server->workspace;
	struct variant variant = {.silencing = deed == DEED_SILENCE, .only = deed == DEED_FIX_ALL ? document : NULL};
	workspace_analyse(workspace, &variant, analysis);
	const struct source *source = analysis_source(workspace, analysis, document);
	if (deed == DEED_FIX_ALL && source)
		return fixer_run(&analysis->lint, &analysis->inputs);
	struct diagnostic *finding = find_finding(analysis, source, data);
	if (!finding || !fix_is_possible(finding->fix))
		return (struct fixer_result){.refusal = server_say(server, &analysis->arena, WORDING_FINDING_GONE, TEXT(""))};
	if (deed == DEED_SILENCE)
		finding->fix = silence_make(&analysis->lint, finding, REASON);
	return fix_one(analysis, finding);
}

/* The same of what came of fixes. */
static bool has_carried_into_nowhere(const struct fixer_result *result) {
	for (size_t i = 0; i < result->files.count; i++)
		if (result->files.items[i].flows.count && !result->files.items[i].before->status.st_ino)
			return true;
	return false;
}

static bool find_deed(struct text name, enum deed *deed) {
	for (*deed = 0; *deed < DEED_COUNT; ++*deed)
		if (text_is(name, deeds[*deed].name))
			return true;
	return false;
}

static bool refuse(const struct server *server, struct reply *reply, enum client_error error, enum wording why) {
	struct text reason = server_say(server, reply->arena, why, TEXT(""));
	bool tried = error == CLIENT_REQUEST_FAILED;
	reply_refuse(reply, error, tried ? server_say(server, reply->arena, WORDING_NOTHING_CHANGED, reason) : reason);
	return false;
}

/* Adds the edit that was made; false with an error. */
static bool add_result(struct server *server, struct analysis *analysis, const struct fixer_result *result, struct reply *reply,
                       struct json *json) {
	if (has_carried_into_nowhere(result))
		return refuse(server, reply, CLIENT_REQUEST_FAILED, WORDING_INTO_NOWHERE);
	if (result->refusal.length) {
		reply_refuse(reply, CLIENT_REQUEST_FAILED, server_say(server, reply->arena, WORDING_NOTHING_CHANGED, result->refusal));
		return false;
	}
	if (!result->files.count)
		return refuse(server, reply, CLIENT_REQUEST_FAILED, WORDING_NOTHING_LEFT);
	return change_write(&server->workspace, &server->client, analysis, &result->files, json, "edit") ||
	       refuse(server, reply, CLIENT_REQUEST_FAILED, WORDING_NOT_UTF8);
}

/* Adds the edit of an action; false with an error. */
static bool add_edit(struct server *server, const struct json_object *data, struct reply *reply, struct json *json) {
	struct analysis analysis = {0};
	enum deed deed;
	struct document *document = documents_find(&server->workspace.documents, tree_text(tree_get(data, "uri")));
	if (!document || !find_deed(tree_text(tree_get(data, "deed")), &deed))
		return refuse(server, reply, CLIENT_INVALID_PARAMS, WORDING_NO_ACTION);
	if (document->version >= 0 && tree_number(tree_get(data, "version"), -1) != document->version)
		return refuse(server, reply, CLIENT_CONTENT_MODIFIED, WORDING_CHANGED_SINCE);
	struct fixer_result result = make(server, document, deed, data, &analysis);
	bool added = add_result(server, &analysis, &result, reply, json);
	fixer_release(&result);
	analysis_release(&analysis);
	return added;
}

static void resolve(struct server *server, const struct json_object *params, struct reply *reply) {
	json_object(&reply->json, NULL);
	json_text(&reply->json, "title", tree_text(tree_get(params, "title")));
	json_text(&reply->json, "kind", tree_text(tree_get(params, "kind")));
	if (add_edit(server, tree_get(params, "data"), reply, &reply->json))
		json_end(&reply->json);
}

/* For editors that ask for no edits: they are told to make it. */
static void execute(struct server *server, const struct json_object *params, struct reply *reply) {
	struct buffer out = {.arena = reply->arena};
	struct json json = {.out = &out};
	if (!text_is(tree_text(tree_get(params, "command")), COMMAND) || !server->client.applies) {
		reply_refuse(reply, CLIENT_INVALID_PARAMS, TEXT("there is no such command"));
		return;
	}
	json_object(&json, NULL);
	json_text(&json, "label", TEXT("arilint"));
	if (!add_edit(server, tree_item(tree_get(params, "arguments"), 0), reply, &json)) return;
	json_end(&json);
	client_ask(&server->client, "workspace/applyEdit", buffer_text(&out));
}

const struct method action_methods[] = {{"textDocument/codeAction", true, list_actions},
                                        {"codeAction/resolve", true, resolve},
                                        {"workspace/executeCommand", true, execute},
                                        {0}};
