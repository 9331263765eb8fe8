#include "lsp/layout.h"

#include "base/list.h"

/* Where the line behind the one at `at` begins; the length of the text without one. */
static size_t next_line(struct text bytes, size_t at) {
	for (; at < bytes.length; at++)
		if (bytes.bytes[at] == '\n' || (bytes.bytes[at] == '\r' && (at + 1 == bytes.length || bytes.bytes[at + 1] != '\n')))
			return at + 1;
	return TEXT_NOT_FOUND;
}

struct layout layout_make(struct arena *arena, struct text bytes, enum encoding encoding) {
	struct LIST_OF(uint32_t) starts = {0};
	for (size_t at = 0; at != TEXT_NOT_FOUND; at = next_line(bytes, at))
		*list_add(arena, &starts) = (uint32_t)at;
	return (struct layout){bytes, starts.items, starts.count, encoding};
}

/* The last line that begins at the offset or before it. */
static size_t line_at(const struct layout *layout, size_t offset) {
	size_t low = 0, high = layout->count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (layout->starts[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static size_t end_of_line(const struct layout *layout, size_t line) {
	size_t end = line + 1 < layout->count ? layout->starts[line + 1] : layout->bytes.length;
	while (end > layout->starts[line] && (layout->bytes.bytes[end - 1] == '\n' || layout->bytes.bytes[end - 1] == '\r'))
		end--;
	return end;
}

/* Bytes of the character at a place, and how many units it is. A byte that is no UTF-8 is one of each. */
static size_t step(const struct layout *layout, size_t at, uint32_t *units) {
	size_t bytes = text_utf8_length(layout->bytes.bytes + at, layout->bytes.length - at);
	bytes = bytes ? bytes : 1;
	*units = layout->encoding == ENCODING_UTF8 ? (uint32_t)bytes : layout->encoding == ENCODING_UTF16 && bytes == 4 ? 2 : 1;
	return bytes;
}

struct spot layout_spot(const struct layout *layout, size_t offset) {
	size_t line = line_at(layout, offset), end = end_of_line(layout, line);
	struct spot spot = {(uint32_t)line, 0};
	uint32_t units;
	offset = offset < end ? offset : end;
	for (size_t at = layout->starts[line]; at < offset;) {
		at += step(layout, at, &units);
		if (at <= offset)
			spot.character += units;
	}
	return spot;
}

size_t layout_offset(const struct layout *layout, struct spot spot) {
	if (spot.line >= layout->count)
		return layout->bytes.length;
	size_t at = layout->starts[spot.line], end = end_of_line(layout, spot.line);
	uint32_t units, passed = 0;
	while (at < end) {
		size_t bytes = step(layout, at, &units);
		if (passed + units > spot.character) break;
		passed += units;
		at += bytes;
	}
	return at;
}
