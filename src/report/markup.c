#include "report/markup.h"

#include "report/plain.h"

/* All signs that begin or end something; as references to characters they are letters like others. */
static const char signs[] = "\\`*_{}[]()<>#+!|&~@:^$=\"'";

/* Of one line. */
static void add_escaped(struct buffer *out, struct text text) {
	for (size_t i = 0; i < text.length; i++) {
		bool sign = text_has_byte(text_of(signs), text.bytes[i]) || text_starts_with(text_from(text, i), TEXT("www."));
		if (sign)
			buffer_format(out, "&#%u;", (unsigned char)text.bytes[i]);
		else
			buffer_add_byte(out, text.bytes[i]);
	}
}

/* Where code is shown, mentions and references are not looked for. */
void markup_add_code(struct arena *arena, struct buffer *out, struct text text) {
	buffer_add_string(out, "<code>");
	add_escaped(out, plain_lines(arena, text, " "));
	buffer_add_string(out, "</code>");
}

void markup_add_prose(struct arena *arena, struct buffer *out, struct text text) {
	text = plain_lines(arena, text, " ");
	for (size_t start, length; (start = text_find_byte(text, '`')) != TEXT_NOT_FOUND; text = text_from(text, start + length + 2)) {
		length = text_find_byte(text_from(text, start + 1), '`');
		if (length == TEXT_NOT_FOUND || !length) break;
		add_escaped(out, text_slice(text, 0, start));
		buffer_add(out, text_slice(text, start, start + length + 2));
	}
	add_escaped(out, text);
}
