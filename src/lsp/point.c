#include "lsp/point.h"

#include "lsp/range.h"

/* --- the file --- */

static bool reads(const struct view *view, const struct source *source) {
	for (size_t i = 0; i < view->sources.count; i++)
		if (view->sources.items[i] == source)
			return true;
	return false;
}

/* A file may have several roles, and one that sees nothing in it tells nothing of it. */
static bool sees(const struct view *view, const struct source *source) {
	for (size_t i = 0; i < view->entries.count; i++)
		if (view->entries.items[i]->source == source)
			return true;
	for (size_t i = 0; i < view->headers.count; i++)
		if (view->headers.items[i]->source == source)
			return true;
	return false;
}

struct file *point_file(const struct analysis *analysis, const struct source *source) {
	struct file *found = NULL;
	for (size_t i = 0; i < analysis->lint.files.count; i++) {
		struct file *file = analysis->lint.files.items[i];
		if (!reads(file->view, source)) continue;
		if (sees(file->view, source)) return file;
		found = found ? found : file;
	}
	return found;
}

/* --- the place --- */

/* A last line without an end has the place behind it, too. */
static bool holds(const struct point *point, struct span lines) {
	struct text bytes = point->source->bytes;
	bool last = lines.end == bytes.length && point->offset == lines.end && lines.end > lines.start &&
	            !text_has_byte(TEXT("\r\n"), bytes.bytes[lines.end - 1]);
	return point->offset >= lines.start && (point->offset < lines.end || last);
}

static void find_statement(struct point *point) {
	const struct view *view = point->file->view;
	for (size_t i = 0; i < view->headers.count; i++) {
		const struct header *header = view->headers.items[i];
		bool above = header->source == point->source && header->lines.start <= point->offset;
		if (above && (!point->header || header->lines.start >= point->header->lines.start))
			point->header = header;
	}
	for (size_t i = 0; i < view->entries.count && !point->entry; i++)
		if (view->entries.items[i]->source == point->source && holds(point, view->entries.items[i]->lines))
			point->entry = view->entries.items[i];
}

bool point_find(struct server *server, const struct json_object *params, struct reply *reply, struct point *point) {
	*point = (struct point){.document = reply_document(server, params, reply)};
	if (!point->document) return false;
	point->analysis = workspace_analysis(&server->workspace);
	point->source = analysis_source(&server->workspace, point->analysis, point->document);
	point->file = point->source ? point_file(point->analysis, point->source) : NULL;
	if (!point->file) return false;
	const struct layout *layout = analysis_layout(point->analysis, point->source);
	point->offset = (uint32_t)layout_offset(layout, range_spot(tree_get(params, "position")));
	find_statement(point);
	return true;
}

struct point point_in(const struct point *point, struct file *file) {
	struct point other = {.document = point->document, .analysis = point->analysis, .source = point->source, .file = file,
	                      .offset = point->offset};
	find_statement(&other);
	return other;
}

const struct view *point_read(const struct point *point, struct arena *arena, struct source *source, enum token_choice tokens) {
	struct reading reading = lint_reading(&point->analysis->lint, source, point->file->role);
	reading.arena = arena;
	reading.tokens = tokens;
	return reader_read(point->file->readers[0], &reading);
}

static const struct token_list *tokens_of(struct point *point, struct arena *arena) {
	if (!point->tokens)
		point->tokens = point_read(point, arena, point->file->source, TOKENS_ALL);
	for (size_t i = 0; i < point->tokens->sources.count; i++)
		if (point->tokens->sources.items[i] == point->source)
			return point->tokens->tokens.items[i];
	return NULL;
}

struct token point_token(struct point *point, struct arena *arena) {
	const struct token_list *tokens = tokens_of(point, arena);
	struct token found = {.kind = TOKEN_BLANK};
	for (size_t i = 0; tokens && i < tokens->count && tokens->items[i].span.start <= point->offset; i++) {
		bool behind = tokens->items[i].span.start == point->offset;
		bool means_nothing = tokens->items[i].kind == TOKEN_BLANK || tokens->items[i].kind == TOKEN_LINE_END;
		if (tokens->items[i].span.end >= point->offset && !(behind && means_nothing))
			found = tokens->items[i];
	}
	return found;
}

bool point_subject(const struct point *point, struct subject *subject) {
	const struct view *view = point->file->view;
	*subject = (struct subject){.file = point->file};
	for (uint32_t i = 0; point->entry && i < view->sections.count; i++) {
		const struct section *section = view->sections.items[i];
		for (size_t j = 0; j < section->variables.count; j++)
			if (section->variables.items[j].entry == point->entry && !section->variables.items[j].inherited) {
				subject->section = section;
				subject->section_number = i;
				subject->group = point->file->group_of[i];
				subject->variable = &section->variables.items[j];
				return true;
			}
	}
	return false;
}
