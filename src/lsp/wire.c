#include "lsp/wire.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/exhaustion.h"
#include "base/file.h"

enum { PIECE = 64 * 1024 };

/* --- reading --- */

/* Room for `count` more bytes behind those that have come. */
static char *make_room(struct wire *wire, size_t count) {
	size_t held = wire->end - wire->start;
	if (wire->start) {
		memmove(wire->bytes, wire->bytes + wire->start, held);
		wire->start = 0;
		wire->end = held;
	}
	if (held + count > wire->capacity) {
		size_t capacity = wire->capacity * 2 > held + count ? wire->capacity * 2 : held + count;
		char *bytes = realloc(wire->bytes, capacity);
		if (!bytes) exhaustion_end();
		wire->bytes = bytes;
		wire->capacity = capacity;
	}
	return wire->bytes + wire->end;
}

void wire_add(struct wire *wire, struct text bytes) {
	if (!bytes.length) return;
	memcpy(make_room(wire, bytes.length), bytes.bytes, bytes.length);
	wire->end += bytes.length;
}

bool wire_read(struct wire *wire, int descriptor) {
	char *room = make_room(wire, PIECE);
	ssize_t count;
	do
		count = read(descriptor, room, PIECE);
	while (count < 0 && errno == EINTR);
	if (count > 0)
		wire->end += (size_t)count;
	return count > 0;
}

/* --- messages --- */

static struct text held(const struct wire *wire) {
	return wire->bytes ? (struct text){wire->bytes + wire->start, wire->end - wire->start} : TEXT("");
}

/* Passes over what is left of a message that is too large. */
static void skip(struct wire *wire) {
	size_t here = held(wire).length < wire->skipped ? held(wire).length : wire->skipped;
	wire->start += here;
	wire->skipped -= here;
}

/* The number of bytes that a header says; false unless it says one length, once. */
static bool length_of(struct text header, size_t *length) {
	int64_t number = -1;
	while (header.length) {
		struct text value = text_cut(&header, '\n');
		struct text name = text_trim(text_cut(&value, ':'), " \t\r");
		if (!text_equal_ignoring_case(name, TEXT("Content-Length"))) continue;
		value = text_trim(value, " \t\r");
		if (number >= 0 || !value.length || value.bytes[0] < '0' || value.bytes[0] > '9' || !text_to_integer(value, &number))
			return false;
	}
	*length = (size_t)number;
	return number >= 0;
}

/* Where the content begins behind a header, or 0 where its end has not come. */
static size_t end_of_header(struct text bytes) {
	size_t end = text_find(bytes, TEXT("\r\n\r\n"));
	return end == TEXT_NOT_FOUND ? 0 : end + 4;
}

enum wire_take wire_take(struct wire *wire, struct text *content) {
	size_t length = 0;
	skip(wire);
	struct text bytes = held(wire);
	size_t header = end_of_header(text_slice(bytes, 0, WIRE_LONGEST_HEADER));
	if (!header)
		return bytes.length >= WIRE_LONGEST_HEADER ? WIRE_NONSENSE : WIRE_NONE;
	if (!length_of(text_slice(bytes, 0, header), &length))
		return WIRE_NONSENSE;
	if (length > WIRE_LARGEST) {
		wire->start += header;
		wire->skipped = length;
		skip(wire);
		return WIRE_TOO_LARGE;
	}
	if (bytes.length - header < length)
		return WIRE_NONE;
	*content = text_slice(bytes, header, header + length);
	wire->start += header + length;
	return WIRE_MESSAGE;
}

/* --- writing --- */

bool wire_write(int descriptor, struct text content) {
	struct arena arena = {0};
	struct text header = text_format(&arena, "Content-Length: %zu\r\n\r\n", content.length);
	bool written = file_write_all(descriptor, text_join(&arena, header, content));
	int error = errno;
	arena_release(&arena);
	errno = error;
	return written;
}

void wire_release(struct wire *wire) {
	free(wire->bytes);
	*wire = (struct wire){0};
}
