#include "report/markup.h"

#include "report/plain.h"

/* All signs that begin or end something; as references to characters they are letters like others. */
static const char signs[] = "\\`*_{}[]()<>#+!|&~@:^$=\"'";

void markup_add_text(struct arena *arena, struct buffer *out, struct text text) {
	text = plain_lines(arena, text, " ");
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
	markup_add_text(arena, out, text);
	buffer_add_string(out, "</code>");
}
