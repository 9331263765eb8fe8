#include "lsp/change.h"

#include "lsp/range.h"
#include "report/line_change.h"

/* --- one text --- */

static struct lines lines_of(struct source *source) {
	source_position(source, 0); /* finds the lines */
	return (struct lines){source->bytes, source->line_starts, source->line_count};
}

/* Whether a text may be cut there: within no character and no line end. */
static bool is_cut(struct text text, size_t at) {
	if (!at || at >= text.length) return true;
	bool within_end = text.bytes[at - 1] == '\r' && text.bytes[at] == '\n';
	return !within_end && ((unsigned char)text.bytes[at] & 0xc0) != 0x80;
}

/* What the replaced lines begin and end with in both texts stays. */
static void narrow(struct text before, struct span *from, struct text after, struct span *to) {
	size_t same = 0, left = from->end - from->start < to->end - to->start ? from->end - from->start : to->end - to->start;
	while (same < left && before.bytes[from->start + same] == after.bytes[to->start + same])
		same++;
	while (same && (!is_cut(before, from->start + same) || !is_cut(after, to->start + same)))
		same--;
	from->start += (uint32_t)same;
	to->start += (uint32_t)same;
	left -= same;
	for (same = 0; same < left && before.bytes[from->end - same - 1] == after.bytes[to->end - same - 1];)
		same++;
	while (same && (!is_cut(before, from->end - same) || !is_cut(after, to->end - same)))
		same--;
	from->end -= (uint32_t)same;
	to->end -= (uint32_t)same;
}

static void add_edits(struct arena *arena, const struct layout *layout, const struct fixed_file *file, struct json *json,
                      const char *key) {
	struct lines before = lines_of(file->before), after = lines_of(file->after);
	struct line_change_list changes = {0};
	line_changes_find(arena, &before, &after, &changes);
	json_list(json, key);
	for (size_t i = 0; i < changes.count; i++) {
		const struct line_change *change = &changes.items[i];
		struct span from = {before.starts[change->before_start], before.starts[change->before_end]};
		struct span to = {after.starts[change->after_start], after.starts[change->after_end]};
		narrow(before.bytes, &from, after.bytes, &to);
		json_object(json, NULL);
		range_write(json, "range", layout, from);
		json_text(json, "newText", text_slice(after.bytes, to.start, to.end));
		json_end(json);
	}
	json_end(json);
}

/* --- all of them --- */

static void add_document(const struct document *document, struct arena *arena, const struct layout *layout,
                         const struct fixed_file *file, struct json *json) {
	json_object(json, NULL);
	json_object(json, "textDocument");
	json_text(json, "uri", document->uri);
	json_number(json, "version", document->version < 0 ? 0 : (uint64_t)document->version);
	json_end(json);
	add_edits(arena, layout, file, json, "edits");
	json_end(json);
}

static bool can_be_written(const struct workspace *workspace, const struct fixed_list *files) {
	for (size_t i = 0; i < files->count; i++)
		if (!workspace_document(workspace, files->items[i].before) || !text_is_utf8(files->items[i].after->bytes))
			return false;
	return true;
}

bool change_write(const struct workspace *workspace, const struct client *client, struct analysis *analysis,
                  const struct fixed_list *files, struct json *json, const char *key) {
	struct arena *arena = &analysis->arena;
	if (!can_be_written(workspace, files)) return false;
	json_object(json, key);
	if (client->versions)
		json_list(json, "documentChanges");
	else
		json_object(json, "changes");
	for (size_t i = 0; i < files->count; i++) {
		const struct fixed_file *file = &files->items[i];
		const struct document *document = workspace_document(workspace, file->before);
		const struct layout *layout = analysis_layout(analysis, file->before);
		if (client->versions)
			add_document(document, arena, layout, file, json);
		else
			add_edits(arena, layout, file, json, text_string(arena, document->uri));
	}
	json_end(json);
	json_end(json);
	return true;
}
