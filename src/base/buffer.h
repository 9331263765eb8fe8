/* Text that grows at its end; its memory belongs to an arena. Zero-initialise with the arena set. */
#pragma once

#include "base/text.h"

struct buffer {
	struct arena *arena;
	char *bytes;
	size_t length;
	size_t capacity;
};

void buffer_add(struct buffer *buffer, struct text text);
void buffer_add_string(struct buffer *buffer, const char *string);
void buffer_add_byte(struct buffer *buffer, char byte);
void buffer_add_repeated(struct buffer *buffer, char byte, size_t count);
void buffer_format(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds a character, given by its code point, in UTF-8. */
void buffer_add_character(struct buffer *buffer, uint32_t code);

/* Adds a JSON string with its quotes; bytes that are not UTF-8 become U+FFFD. */
void buffer_add_json(struct buffer *buffer, struct text text);

/* Adds standard base64 with padding. */
void buffer_add_base64(struct buffer *buffer, struct text text);

/* The text so far; valid until the next addition. */
struct text buffer_text(const struct buffer *buffer);
