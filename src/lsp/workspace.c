#include "lsp/workspace.h"

#include <sys/stat.h>

#include "base/path.h"
#include "command/discover.h"
#include "command/packs.h"
#include "evaluate/run.h"
#include "inventory/redact.h"
#include "lsp/uri.h"

/* --- the set-up --- */

void workspace_set_up(struct workspace *workspace) {
	arena_release(&workspace->setup_arena);
	workspace->setup = (struct setup){0};
	workspace->fault = TEXT("");
	workspace->faults = (struct diagnostics){.arena = &workspace->setup_arena};
	struct options options = *workspace->given;
	if (!options.language.length)
		options.language = workspace->language;
	options.paths = (struct text_list){0};
	if (!setup_make(&workspace->faults, &options, &workspace->setup, &workspace->fault) && !workspace->fault.length)
		workspace->fault = TEXT("the configuration can't be gone by");
	diagnostics_sort(&workspace->faults);
	packs_redact_faults(&workspace->faults);
	workspace_files_changed(workspace);
}

static bool is_set_up(const struct workspace *workspace) {
	return !workspace->fault.length && !workspace->faults.found.count;
}

/* --- files --- */

/* The files of the workspace that have a role, and those of the configuration's groups, as peers: nobody has named them. */
static void search(struct workspace *workspace) {
	arena_release(&workspace->found_arena);
	struct arena *arena = &workspace->found_arena;
	struct lint_options options = workspace->setup.lint_options;
	struct diagnostics unread = {.arena = arena};
	struct discovery discovery = {.diagnostics = &unread, .options = &options, .in_memory = true};
	struct text_list paths = {0};
	if (workspace->root.length)
		*list_add(arena, &paths) = TEXT(".");
	discover(&discovery, &paths, TEXT(""), TEXT(""));
	workspace->found = discovery.inputs;
	workspace->searched = true;
}

static bool is_as_found(struct arena *arena, const struct source *source) {
	struct stat status;
	return !stat(text_string(arena, source->path), &status) && status.st_ino == source->status.st_ino &&
	       status.st_dev == source->status.st_dev && status.st_size == source->status.st_size &&
	       status.st_mtim.tv_sec == source->status.st_mtim.tv_sec && status.st_mtim.tv_nsec == source->status.st_mtim.tv_nsec;
}

/* Not every editor tells of changes on the disk. */
static void search_if_needed(struct workspace *workspace) {
	struct arena scratch = {0};
	for (size_t i = 0; i < workspace->found.count && workspace->searched; i++)
		workspace->searched = is_as_found(&scratch, workspace->found.items[i]);
	arena_release(&scratch);
	if (!workspace->searched)
		search(workspace);
}

/* --- inputs --- */

/* As paths are shown: from the root on, where it lies below that. */
static struct text path_of(const struct workspace *workspace, const struct document *document) {
	struct text root = workspace->root, path = document->path;
	bool below = root.length && path.length > root.length + 1 && path_is_below(root, path);
	return below ? text_from(path, root.length + 1) : path;
}

/* Whether the configuration leaves it out, or a folder on the way to it. */
static bool is_excluded(struct arena *arena, const struct inventory *inventory, struct text path) {
	bool excluded = false;
	for (size_t end = 1; !excluded && end <= path.length; end++)
		if (end == path.length || path.bytes[end] == '/')
			excluded = inventory_excludes(arena, inventory, text_slice(path, 0, end));
	return excluded;
}

/* Whether the file is there already, by whatever path; from now on it is. */
static bool take_once(struct analysis *analysis, struct source *source) {
	struct arena *arena = &analysis->arena;
	struct text identity = inventory_identity(arena, &source->status);
	if (map_put(arena, &analysis->taken, source->path, source) != source) return false;
	return !identity.length || map_put(arena, &analysis->taken, identity, source) == source;
}

/* A text without a role is read where a file includes it. */
static void take_document(const struct workspace *workspace, const struct variant *variant, struct analysis *analysis,
                          const struct document *document) {
	struct arena *arena = &analysis->arena;
	struct text path = path_of(workspace, document);
	if (!path.length || document->text.length > SOURCE_LARGEST || is_excluded(arena, &analysis->options.inventory, path)) return;
	struct source *source = source_in_place_of(arena, path, text_copy(arena, document->text));
	bool changes = !variant->only || variant->only == document;
	source->peer = !changes;
	source->writable_by_us = changes;
	if (!take_once(analysis, source)) return;
	bool has_role = lint_role(arena, &analysis->options, path);
	*list_add(arena, has_role ? &analysis->inputs : &analysis->lint.included) = source;
}

/* Each run has sources of its own: it marks in them what it finds out. */
static void take_found(struct analysis *analysis, const struct source *found) {
	struct source *source = source_from_text(&analysis->arena, found->path, found->bytes);
	source->status = found->status;
	source->led = found->led;
	source->peer = true;
	if (take_once(analysis, source))
		*list_add(&analysis->arena, &analysis->inputs) = source;
}

static int compare_paths(const void *left, const void *right) {
	const struct source *const *a = left, *const *b = right;
	return text_compare((*a)->path, (*b)->path);
}

/* --- runs --- */

/* The arena is empty, whatever memory it may keep. */
static void analyse(struct workspace *workspace, const struct variant *variant, struct arena arena, struct analysis *analysis) {
	*analysis = (struct analysis){.arena = arena, .options = workspace->setup.lint_options, .encoding = workspace->encoding};
	analysis->diagnostics.arena = &analysis->arena;
	analysis->options.add_ignores = variant->silencing;
	analysis->lint.options = &analysis->options;
	analysis->lint.diagnostics = &analysis->diagnostics;
	analysis->lint.arena = &analysis->arena;
	/* What was secret a keystroke ago says nothing of what is now. */
	redact_forget();
	if (!is_set_up(workspace) || !workspace->documents.first) return;
	search_if_needed(workspace);
	for (const struct document *document = workspace->documents.first; document; document = document->next)
		take_document(workspace, variant, analysis, document);
	if (!analysis->inputs.count) return;
	for (size_t i = 0; i < workspace->found.count; i++)
		take_found(analysis, workspace->found.items[i]);
	list_sort(&analysis->inputs, compare_paths);
	lint_run(&analysis->lint, &analysis->inputs);
	lint_redact(&analysis->lint);
}

void workspace_analyse(struct workspace *workspace, const struct variant *variant, struct analysis *analysis) {
	analyse(workspace, variant, (struct arena){0}, analysis);
}

void analysis_release(struct analysis *analysis) { arena_release(&analysis->arena); }

struct analysis *workspace_analysis(struct workspace *workspace) {
	if (!workspace->judged) {
		arena_renew(&workspace->now.arena);
		analyse(workspace, &(struct variant){0}, workspace->now.arena, &workspace->now);
		workspace->judged = true;
	}
	return &workspace->now;
}

struct source *analysis_source(const struct workspace *workspace, const struct analysis *analysis,
                               const struct document *document) {
	struct text path = path_of(workspace, document);
	for (size_t i = 0; i < analysis->inputs.count; i++)
		if (text_equal(analysis->inputs.items[i]->path, path))
			return analysis->inputs.items[i];
	for (size_t i = 0; i < analysis->lint.included.count; i++)
		if (text_equal(analysis->lint.included.items[i]->path, path))
			return analysis->lint.included.items[i];
	return NULL;
}

const struct layout *analysis_layout(struct analysis *analysis, const struct source *source) {
	struct layout *layout = map_place(&analysis->arena, &analysis->layouts, source->path, sizeof(*layout));
	if (!layout->count)
		*layout = layout_make(&analysis->arena, source->bytes, analysis->encoding);
	return layout;
}

struct document *workspace_document(const struct workspace *workspace, const struct source *source) {
	struct document *document = workspace->documents.first;
	while (document && !text_equal(path_of(workspace, document), source->path))
		document = document->next;
	return document;
}

struct text workspace_uri(const struct workspace *workspace, struct arena *arena, const struct source *source) {
	const struct document *document = workspace_document(workspace, source);
	return document ? document->uri : uri_of(arena, path_absolute(arena, workspace->root, source->path));
}

/* --- changes --- */

void workspace_changed(struct workspace *workspace) { workspace->judged = false; }

void workspace_files_changed(struct workspace *workspace) { workspace->searched = workspace->judged = false; }

void workspace_release(struct workspace *workspace) {
	analysis_release(&workspace->now);
	documents_close_all(&workspace->documents);
	arena_release(&workspace->found_arena);
	arena_release(&workspace->setup_arena);
}
