#include "reader/blank.h"

#include <string.h>

#include "base/buffer.h"

/* Bytes of the blank above U+007F at `at`, or 0; the two that are blanks in some languages only are told apart. */
static size_t wide_blank_length(enum blanks blanks, const unsigned char *b, size_t left) {
	if (left < 2 || blanks < BLANKS_JAVASCRIPT)
		return 0;
	if (b[0] == 0xc2)
		return b[1] == 0xa0 || (b[1] == 0x85 && blanks != BLANKS_JAVASCRIPT) ? 2 : 0;
	if (left < 3 || b[0] < 0xe1 || blanks == BLANKS_GODOTENV)
		return 0;
	uint32_t code = (uint32_t)b[0] << 16 | (uint32_t)b[1] << 8 | b[2];
	bool blank = code == 0xe19a80 || (code >= 0xe28080 && code <= 0xe2808a) || code == 0xe280a8 ||
	             code == 0xe280a9 || code == 0xe280af || code == 0xe2819f || code == 0xe38080;
	return blank || (code == 0xefbbbf && blanks == BLANKS_JAVASCRIPT) ? 3 : 0;
}

size_t blank_length(enum blanks blanks, struct text text, size_t at) {
	if (at >= text.length)
		return 0;
	const unsigned char *b = (const unsigned char *)text.bytes + at;
	if (b[0] == ' ' || b[0] == '\t')
		return 1;
	if (b[0] < 0x80)
		return blanks != BLANKS_LINE && !(b[0] == '\n' && blanks == BLANKS_GODOTENV) &&
		       ((b[0] >= '\n' && b[0] <= '\r') || (blanks == BLANKS_PYTHON && b[0] >= 0x1c && b[0] <= 0x1f));
	return wide_blank_length(blanks, b, text.length - at);
}

size_t blank_skip(enum blanks blanks, struct text text, size_t at, size_t end) {
	text = text_slice(text, 0, end);
	for (size_t step; (step = blank_length(blanks, text, at)) > 0;)
		at += step;
	return at;
}

size_t blank_trim_end(enum blanks blanks, struct text text, size_t start, size_t end) {
	text = text_slice(text, 0, end);
	while (end > start) {
		size_t step = 1;
		while (step <= 3 && end - start >= step && blank_length(blanks, text, end - step) != step)
			step++;
		if (step > 3 || end - start < step) break;
		end -= step;
	}
	return end;
}

struct text blank_trim(enum blanks blanks, struct text text) {
	size_t start = blank_skip(blanks, text, 0, text.length);
	return text_slice(text, start, blank_trim_end(blanks, text, start, text.length));
}

uint32_t mark_length(struct text text) { return text_starts_with(text, TEXT("\xef\xbb\xbf")) ? 3 : 0; }

size_t line_end_length(struct text text, size_t at) {
	if (at >= text.length || (text.bytes[at] != '\n' && text.bytes[at] != '\r'))
		return 0;
	return text.bytes[at] == '\r' && at + 1 < text.length && text.bytes[at + 1] == '\n' ? 2 : 1;
}

size_t line_feed_length(struct text text, size_t at) {
	size_t length = line_end_length(text, at);
	return length == 1 && text.bytes[at] == '\r' ? 0 : length;
}

size_t line_end_length_javascript(struct text text, size_t at) {
	if (at + 2 < text.length && text.bytes[at] == '\xe2' && text.bytes[at + 1] == '\x80' &&
	    (text.bytes[at + 2] == '\xa8' || text.bytes[at + 2] == '\xa9'))
		return 3;
	return line_end_length(text, at);
}

size_t line_end_find(struct text text, size_t at) {
	while (at < text.length && text.bytes[at] != '\n' && text.bytes[at] != '\r')
		at++;
	return at;
}

size_t byte_find(struct text text, size_t at, char byte) {
	size_t hit = text_find_byte(text_from(text, at), byte);
	return hit == TEXT_NOT_FOUND ? text.length : at + hit;
}

size_t line_feed_find(struct text text, size_t at) { return byte_find(text, at, '\n'); }

struct text line_ends_unified(struct arena *arena, struct text text) {
	if (!text_has_byte(text, '\r'))
		return text;
	char *copy = arena_allocate(arena, text.length);
	size_t length = 0;
	for (size_t i = 0; i < text.length;) {
		size_t step = line_end_length(text, i);
		copy[length++] = step ? '\n' : text.bytes[i];
		i += step ? step : 1;
	}
	return (struct text){copy, length};
}

/* Bytes of the longest beginning of a character at `b`, which is not one itself; 1 or more. */
static size_t malformed_length(const unsigned char *b, size_t left) {
	size_t wanted = b[0] >= 0xc2 && b[0] <= 0xdf   ? 2
	                : (b[0] & 0xf0) == 0xe0        ? 3
	                : b[0] >= 0xf0 && b[0] <= 0xf4 ? 4
	                                               : 1;
	unsigned char low = b[0] == 0xe0 ? 0xa0 : b[0] == 0xf0 ? 0x90 : 0x80;
	unsigned char high = b[0] == 0xed ? 0x9f : b[0] == 0xf4 ? 0x8f : 0xbf;
	size_t length = 1;
	while (length < wanted && length < left && b[length] >= low && b[length] <= high) {
		low = 0x80;
		high = 0xbf;
		length++;
	}
	return length;
}

struct text utf8_repaired(struct arena *arena, struct text text, const char *replacement, bool each_byte) {
	if (text_is_utf8(text))
		return text;
	struct buffer repaired = {.arena = arena};
	for (size_t i = 0; i < text.length;) {
		size_t step = text_utf8_length(text.bytes + i, text.length - i);
		if (step)
			buffer_add(&repaired, text_slice(text, i, i + step));
		else
			buffer_add_string(&repaired, replacement);
		if (!step)
			step = each_byte ? 1 : malformed_length((const unsigned char *)text.bytes + i, text.length - i);
		i += step;
	}
	return buffer_text(&repaired);
}
