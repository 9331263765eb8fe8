#include "base/buffer.h"

#include <string.h>

/* Room that a buffer gets first: most hold a value, and there may be one for each statement of a file. */
enum { FIRST_ROOM = 32 };

static char *make_room(struct buffer *buffer, size_t more) {
	if (buffer->capacity - buffer->length < more) {
		size_t wanted = buffer->capacity ? buffer->capacity * 2 : FIRST_ROOM;
		if (wanted < buffer->length + more)
			wanted = buffer->length + more;
		if (!arena_extend(buffer->arena, buffer->bytes, buffer->capacity, wanted)) {
			char *moved = arena_allocate(buffer->arena, wanted);
			if (buffer->length)
				memcpy(moved, buffer->bytes, buffer->length);
			arena_discard(buffer->bytes, buffer->capacity);
			buffer->bytes = moved;
		}
		buffer->capacity = wanted;
	}
	char *room = buffer->bytes + buffer->length;
	buffer->length += more;
	return room;
}

void buffer_add(struct buffer *buffer, struct text text) {
	if (text.length)
		memcpy(make_room(buffer, text.length), text.bytes, text.length);
}

void buffer_add_string(struct buffer *buffer, const char *string) { buffer_add(buffer, text_of(string)); }

void buffer_add_byte(struct buffer *buffer, char byte) { *make_room(buffer, 1) = byte; }

void buffer_add_repeated(struct buffer *buffer, char byte, size_t count) {
	if (count)
		memset(make_room(buffer, count), byte, count);
}

void buffer_format(struct buffer *buffer, const char *format, ...) {
	va_list arguments;
	va_start(arguments, format);
	buffer_add(buffer, text_format_list(buffer->arena, format, arguments));
	va_end(arguments);
}

void buffer_add_character(struct buffer *buffer, uint32_t code) {
	static const unsigned char leads[] = {0, 0xc0, 0xe0, 0xf0};
	unsigned more = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
	buffer_add_byte(buffer, (char)(leads[more] | code >> 6 * more));
	while (more--)
		buffer_add_byte(buffer, (char)(0x80 | (code >> 6 * more & 0x3f)));
}

static const char *json_escape(unsigned char byte) {
	switch (byte) {
	case '"': return "\\\"";
	case '\\': return "\\\\";
	case '\n': return "\\n";
	case '\r': return "\\r";
	case '\t': return "\\t";
	default: return NULL;
	}
}

void buffer_add_json(struct buffer *buffer, struct text text) {
	buffer_add_byte(buffer, '"');
	for (size_t i = 0; i < text.length;) {
		unsigned char byte = (unsigned char)text.bytes[i];
		size_t step = text_utf8_length(text.bytes + i, text.length - i);
		if (!step)
			buffer_add_string(buffer, "\xef\xbf\xbd");
		else if (json_escape(byte))
			buffer_add_string(buffer, json_escape(byte));
		else if (byte < 0x20 || byte == 0x7f)
			buffer_format(buffer, "\\u%04x", byte);
		else
			buffer_add(buffer, text_slice(text, i, i + step));
		i += step ? step : 1;
	}
	buffer_add_byte(buffer, '"');
}

void buffer_add_base64(struct buffer *buffer, struct text text) {
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < text.length; i += 3) {
		size_t left = text.length - i;
		uint32_t bits = 0;
		for (size_t j = 0; j < 3; j++)
			bits = bits << 8 | (j < left ? (unsigned char)text.bytes[i + j] : 0u);
		buffer_add_byte(buffer, digits[bits >> 18]);
		buffer_add_byte(buffer, digits[bits >> 12 & 63]);
		buffer_add_byte(buffer, left > 1 ? digits[bits >> 6 & 63] : '=');
		buffer_add_byte(buffer, left > 2 ? digits[bits & 63] : '=');
	}
}

struct text buffer_text(const struct buffer *buffer) { return (struct text){buffer->bytes, buffer->length}; }
