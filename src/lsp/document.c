#include "lsp/document.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/exhaustion.h"
#include "lsp/range.h"
#include "lsp/tree.h"
#include "lsp/uri.h"

struct document *documents_find(const struct documents *documents, struct text uri) {
	struct document *document = documents->first;
	while (document && !text_equal(document->uri, uri))
		document = document->next;
	return document;
}

static void set_text(struct document *document, struct arena arena, struct text text) {
	arena_release(&document->text_arena);
	document->text_arena = arena;
	document->text = text;
	document->changed = true;
}

struct document *documents_open(struct documents *documents, struct text uri, int64_t version, struct text text) {
	documents_close(documents, uri);
	struct document *document = calloc(1, sizeof(*document));
	struct arena arena = {0};
	if (!document) exhaustion_end();
	document->uri = text_copy(&document->arena, uri);
	document->path = uri_path(&document->arena, uri);
	document->version = version;
	struct text copy = text_copy(&arena, text);
	set_text(document, arena, copy);
	document->next = documents->first;
	return documents->first = document;
}

static void release(struct document *document) {
	arena_release(&document->text_arena);
	arena_release(&document->told_arena);
	arena_release(&document->arena);
	free(document);
}

void documents_close(struct documents *documents, struct text uri) {
	struct document **place = &documents->first;
	while (*place && !text_equal((*place)->uri, uri))
		place = &(*place)->next;
	struct document *document = *place;
	if (!document) return;
	*place = document->next;
	release(document);
}

void documents_close_all(struct documents *documents) {
	while (documents->first)
		documents_close(documents, documents->first->uri);
}

/* --- changes --- */

static void make_change(struct document *document, const struct json_object *change, enum encoding encoding) {
	const struct json_object *range = tree_get(change, "range");
	struct buffer text = {0};
	struct arena arena = {0}, scratch = {0};
	size_t start = 0, end = document->text.length;
	if (!tree_is_text(tree_get(change, "text"))) return;
	if (tree_is_object(range)) {
		struct layout layout = layout_make(&scratch, document->text, encoding);
		start = layout_offset(&layout, range_spot(tree_get(range, "start")));
		end = layout_offset(&layout, range_spot(tree_get(range, "end")));
	}
	text.arena = &arena;
	buffer_add(&text, text_slice(document->text, 0, start));
	buffer_add(&text, tree_text(tree_get(change, "text")));
	buffer_add(&text, text_from(document->text, end > start ? end : start));
	arena_release(&scratch);
	set_text(document, arena, buffer_text(&text));
}

void document_change(struct document *document, const struct json_object *changes, enum encoding encoding) {
	for (size_t i = 0; i < tree_count(changes); i++)
		make_change(document, tree_item(changes, i), encoding);
}

void document_tell(struct document *document, struct text told) {
	arena_release(&document->told_arena);
	document->told = text_copy(&document->told_arena, told);
	document->changed = false;
}
