/* Any bytes through the readers: tokens cover every byte, spans stay inside their file. FUZZ_READER names the reader; all
 * of them with "all"; without it the first byte of the input chooses. */
#include "base/arena.h"
#include "fuzz.h"
#include "reader/reader.h"

#include <stdio.h>
#include <stdlib.h>

static void require(bool holds, const struct reader *reader, const char *what) {
	if (holds) return;
	fprintf(stderr, "reader %s: %s\n", reader->name, what);
	abort();
}

static void check_tokens(const struct reader *reader, struct text bytes, const struct token_list *tokens) {
	uint32_t end = 0;
	for (size_t i = 0; i < tokens->count; i++) {
		struct span span = tokens->items[i].span;
		require(span.start == end && span.end > span.start, reader, "tokens do not touch");
		end = span.end;
	}
	require(end == bytes.length, reader, "tokens do not cover the file");
}

/* A part that is not there is an empty span anywhere. */
static bool lies_in(struct span inner, struct span outer) {
	return inner.start == inner.end || (inner.start >= outer.start && inner.start < inner.end && inner.end <= outer.end);
}

static void check_view(const struct reader *reader, const struct view *view) {
	for (size_t i = 0; i < view->entries.count; i++) {
		const struct entry *entry = view->entries.items[i];
		struct span whole = {0, (uint32_t)entry->source->bytes.length};
		require(lies_in(entry->lines, whole), reader, "an entry's lines lie outside its file");
		require(lies_in(entry->key, entry->lines), reader, "a key lies outside its lines");
		require(lies_in(entry->operator, entry->lines), reader, "an operator lies outside its lines");
		require(lies_in(entry->value, entry->lines), reader, "a value lies outside its lines");
		require(lies_in(entry->comment, whole), reader, "a comment lies outside its file");
	}
	for (size_t i = 0; i < view->headers.count; i++) {
		const struct header *header = view->headers.items[i];
		struct span whole = {0, (uint32_t)header->source->bytes.length};
		require(lies_in(header->lines, whole), reader, "a header's line lies outside its file");
		require(lies_in(header->name_span, header->lines), reader, "a section's name lies outside its line");
	}
	for (size_t i = 0; i < view->faults.count; i++) {
		struct place place = view->faults.items[i].place;
		struct span whole = {0, (uint32_t)place.source->bytes.length};
		require(lies_in(place.span, whole), reader, "a fault lies outside its file");
	}
	require(view->ok || view->error.length, reader, "a refusal without a reason");
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
	struct text bytes = {(const char *)data, size};
	const char *name = getenv("FUZZ_READER");
	size_t count = 0;
	while (readers[count])
		count++;
	if (name && text_is(text_of(name), "all")) {
		for (size_t i = 0; i < count; i++)
			check_reader(readers[i], bytes);
		return 0;
	}
	const struct reader *reader = name ? reader_find(text_of(name)) : NULL;
	if (name && !reader) {
		fprintf(stderr, "FUZZ_READER=%s: there is no such reader\n", name);
		exit(2);
	}
	if (!reader && !size)
		return 0;
	check_reader(reader ? reader : readers[data[0] % count], reader ? bytes : text_from(bytes, 1));
	return 0;
}
