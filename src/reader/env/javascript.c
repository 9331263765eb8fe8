#include "reader/env/javascript.h"

#include "base/buffer.h"
#include "reader/blank.h"

static const char quotes[] = "'\"`";

enum { QUOTE_COUNT = sizeof(quotes) - 1 };

static bool line_ends_at(struct text value, size_t at) {
	return at == value.length || line_end_length_javascript(value, at) > 0;
}

/* For each kind of quote, the offset of the last one that stands at the end of a line, or TEXT_NOT_FOUND; false without any. */
static bool find_last_at_line_ends(struct text value, size_t last[QUOTE_COUNT]) {
	bool found = false;
	for (size_t kind = 0; kind < QUOTE_COUNT; kind++) {
		size_t at = text_find_last_byte(value, quotes[kind]);
		while (at != TEXT_NOT_FOUND && !line_ends_at(value, at + 1))
			at = text_find_last_byte(text_slice(value, 0, at), quotes[kind]);
		last[kind] = at;
		found = found || at != TEXT_NOT_FOUND;
	}
	return found;
}

struct text javascript_strip_quotes(struct arena *arena, struct text value, char *quote) {
	size_t last[QUOTE_COUNT];
	struct buffer stripped = {.arena = arena};
	*quote = 0;
	if (!find_last_at_line_ends(value, last))
		return value;
	for (size_t at = 0, copied = 0;;) {
		size_t kind = at < value.length ? text_find_byte(text_of(quotes), value.bytes[at]) : TEXT_NOT_FOUND;
		if (kind != TEXT_NOT_FOUND && last[kind] != TEXT_NOT_FOUND && last[kind] > at) {
			if (at == 0 && last[kind] == value.length - 1) {
				*quote = quotes[kind];
				return text_slice(value, 1, value.length - 1);
			}
			buffer_add(&stripped, text_slice(value, copied, at));
			buffer_add(&stripped, text_slice(value, at + 1, last[kind]));
			at = copied = last[kind] + 1;
		}
		while (at < value.length && !line_end_length_javascript(value, at))
			at++;
		if (at >= value.length) {
			if (copied == 0)
				return value;
			buffer_add(&stripped, text_from(value, copied));
			return buffer_text(&stripped);
		}
		at += line_end_length_javascript(value, at);
	}
}

bool javascript_is_key_byte(char byte) { return text_is_word_byte(byte) || byte == '.' || byte == '-'; }
