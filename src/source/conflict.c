#include "source/conflict.h"

enum { MARK_LENGTH = 7 };

/* Seven times the byte, and then a blank with a name, or nothing at all. */
static bool is_mark(struct text line, char byte, bool named) {
	for (size_t i = 0; i < MARK_LENGTH; i++)
		if (i >= line.length || line.bytes[i] != byte) return false;
	return named ? line.length > MARK_LENGTH + 1 && line.bytes[MARK_LENGTH] == ' ' : line.length == MARK_LENGTH;
}

static bool is_named_mark(struct text line) {
	return is_mark(line, '<', true) || is_mark(line, '>', true) || is_mark(line, '|', true);
}

struct span source_conflict(const struct source *source) {
	struct span parting = {0, 0};
	struct text bytes = source->bytes;
	/* Hardly a file has one: the whole is searched for what each has before its lines are cut. */
	if (text_find(bytes, TEXT("<<<<<<< ")) == TEXT_NOT_FOUND && text_find(bytes, TEXT(">>>>>>> ")) == TEXT_NOT_FOUND)
		return parting;
	for (size_t start = 0; start < bytes.length;) {
		struct text rest = text_from(bytes, start);
		size_t feed = text_find_byte(rest, '\n');
		size_t length = feed == TEXT_NOT_FOUND ? rest.length : feed;
		struct text line = text_slice(rest, 0, length > 0 && rest.bytes[length - 1] == '\r' ? length - 1 : length);
		struct span span = {(uint32_t)start, (uint32_t)(start + line.length)};
		if (is_named_mark(line))
			return parting.end ? parting : span;
		if (is_mark(line, '=', false) && !parting.end)
			parting = span;
		start += length + 1;
	}
	return (struct span){0, 0};
}
