#include "reader/reader.h"

#define READER(name) extern const struct reader reader_##name;
#include "reader/readers.def"
#undef READER

const struct reader *const readers[] = {
#define READER(name) &reader_##name,
#include "reader/readers.def"
#undef READER
	NULL,
};

const struct reader *reader_find(struct text name) {
	for (size_t i = 0; readers[i]; i++)
		if (text_is(name, readers[i]->name))
			return readers[i];
	return NULL;
}

unsigned char reader_number(const struct reader *reader) {
	unsigned char number = 1;
	while (readers[number - 1] != reader)
		number++;
	return number;
}

void view_add_entry(struct arena *arena, struct view *view, struct entry *entry, struct header *header) {
	if (header && !header->count++)
		header->first = (uint32_t)view->entries.count;
	if (header)
		header->last = entry;
	*list_add(arena, &view->entries) = entry;
}

size_t reader_most_statements(size_t size) {
	enum { FEW = 96 * 1024, BYTES_FOR_ONE = 16 };
	return FEW + size / BYTES_FOR_ONE;
}

size_t reader_most_inherited(size_t size) {
	enum { FEW = 256 * 1024, BYTES_FOR_ONE = 16 };
	return FEW + size / BYTES_FOR_ONE;
}

void reader_give_up(struct reading *reading) {
	reading->source->unjudged =
		TEXT("can't be judged: it holds more statements than are read of a file of its size; name a smaller file, or leave it out");
}

void view_reserve(struct arena *arena, struct view *view, struct text bytes) {
	size_t entries = 0, headers = 0, most = reader_most_statements(bytes.length);
	while (bytes.length && entries + 2 * headers < most) {
		struct text line = text_cut(&bytes, '\n');
		bool header = line.length && line.bytes[0] == '[';
		headers += header;
		entries += !header && text_has_byte(line, '=');
	}
	view->entries.items = arena_allocate_array(arena, entries, sizeof(*view->entries.items));
	view->headers.items = arena_allocate_array(arena, headers, sizeof(*view->headers.items));
	view->sections.items = arena_allocate_array(arena, headers + 1, sizeof(*view->sections.items));
	view->entries.capacity = entries;
	view->headers.capacity = headers;
	view->sections.capacity = headers + 1;
}

struct token_list *view_add_source(const struct reading *reading, struct view *view, struct source *source) {
	struct token_list *tokens = arena_new(reading->arena, struct token_list);
	tokens->arena = reading->arena;
	tokens->choice = reading->tokens;
	*list_add(reading->arena, &view->sources) = source;
	return *list_add(reading->arena, &view->tokens) = tokens;
}

struct view *view_new(const struct reading *reading) {
	struct view *view = arena_new(reading->arena, struct view);
	view->ok = true;
	view_add_source(reading, view, reading->source);
	return view;
}

struct view *reader_read(const struct reader *reader, struct reading *reading) { return reader->read(reader, reading); }

struct text sample_with_section(struct arena *arena, struct text written) {
	return text_join(arena, text_join(arena, TEXT("[section]\nkey = "), written), TEXT("\nother = after\n"));
}
