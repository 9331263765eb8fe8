/* Any bytes through the readers: tokens cover every byte, spans stay inside their file. FUZZ_READER names the reader; all
 * of them with "all"; without it the first byte of the input chooses. */
#include "reader/reader.h"
#include "target.h"

#include <stdlib.h>

static void check_tokens(const struct reader *reader, struct text bytes, const struct token_list *tokens) {
	uint32_t end = 0;
	for (size_t i = 0; i < tokens->count; i++) {
		struct span span = tokens->items[i].span;
		require(span.start == end && span.end > span.start, "%s: tokens do not touch", reader->name);
		end = span.end;
	}
	require(end == bytes.length, "%s: tokens do not cover the file", reader->name);
}

/* A part that is not there is an empty span anywhere. */
static bool lies_in(struct span inner, struct span outer) {
	return inner.start == inner.end || (inner.start >= outer.start && inner.start < inner.end && inner.end <= outer.end);
}

static void check_view(const struct reader *reader, const struct view *view) {
	for (size_t i = 0; i < view->entries.count; i++) {
		const struct entry *entry = view->entries.items[i];
		struct span whole = {0, (uint32_t)entry->source->bytes.length};
		require(lies_in(entry->lines, whole), "%s: an entry's lines lie outside its file", reader->name);
		require(lies_in(entry->key, entry->lines), "%s: a key lies outside its lines", reader->name);
		require(lies_in(entry->operator, entry->lines), "%s: an operator lies outside its lines", reader->name);
		require(lies_in(entry->value, entry->lines), "%s: a value lies outside its lines", reader->name);
		require(lies_in(entry->comment, whole), "%s: a comment lies outside its file", reader->name);
	}
	for (size_t i = 0; i < view->headers.count; i++) {
		const struct header *header = view->headers.items[i];
		struct span whole = {0, (uint32_t)header->source->bytes.length};
		require(lies_in(header->lines, whole), "%s: a header's line lies outside its file", reader->name);
		require(lies_in(header->name_span, header->lines), "%s: a section's name lies outside its line", reader->name);
	}
	for (size_t i = 0; i < view->faults.count; i++) {
		struct place place = view->faults.items[i].place;
		struct span whole = {0, (uint32_t)place.source->bytes.length};
		require(lies_in(place.span, whole), "%s: a fault lies outside its file", reader->name);
	}
	require(view->ok || view->error.length, "%s: a refusal without a reason", reader->name);
}

/* Included files would make a run hang on more than its input. */
static struct source *open_nothing(struct reading *reading, struct text path) {
	(void)reading;
	(void)path;
	return NULL;
}

static void check_reader(const struct reader *reader, struct text bytes) {
	struct arena arena = {0};
	struct reading reading = {.arena = &arena, .open = open_nothing, .tokens = TOKENS_ALL};
	reading.source = source_from_text(&arena, TEXT("fuzz"), bytes);
	const struct view *view = reader_read(reader, &reading);
	for (size_t i = 0; i < view->sources.count; i++)
		check_tokens(reader, view->sources.items[i]->bytes, view->tokens.items[i]);
	check_view(reader, view);
	arena_release(&arena);
}

void take_reader(struct text bytes) {
	struct text name = text_of(getenv("FUZZ_READER"));
	size_t count = 0;
	while (readers[count])
		count++;
	if (text_is(name, "all")) {
		for (size_t i = 0; i < count; i++)
			check_reader(readers[i], bytes);
		return;
	}
	const struct reader *reader = name.length ? reader_find(name) : NULL;
	require(reader || !name.length, "FUZZ_READER: there is no reader '%.*s'", TEXT_ARGUMENTS(name));
	if (reader)
		check_reader(reader, bytes);
	else if (bytes.length)
		check_reader(readers[(unsigned char)bytes.bytes[0] % count], text_from(bytes, 1));
}
