#include "report/xml.h"

#include <inttypes.h>
#include <stddef.h>

#include "report/plain.h"

struct sign {
	struct text sign, escape;
};

/* The last two are characters that XML knows no way to write. */
static const struct sign signs[] = {
	{TEXT_INIT("&"), TEXT_INIT("&amp;")},  {TEXT_INIT("<"), TEXT_INIT("&lt;")},  {TEXT_INIT(">"), TEXT_INIT("&gt;")},
	{TEXT_INIT("\""), TEXT_INIT("&quot;")}, {TEXT_INIT("'"), TEXT_INIT("&#39;")}, {TEXT_INIT("\n"), TEXT_INIT("&#10;")},
	{TEXT_INIT("\xef\xbf\xbe"), TEXT_INIT("\xef\xbf\xbd")}, {TEXT_INIT("\xef\xbf\xbf"), TEXT_INIT("\xef\xbf\xbd")},
};

static const struct sign *sign_at(struct text text) {
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (text_starts_with(text, signs[i].sign))
			return &signs[i];
	return NULL;
}

void xml_text(struct arena *arena, struct buffer *out, struct text text) {
	text = plain_lines(arena, text, "\n");
	while (text.length) {
		const struct sign *sign = sign_at(text);
		buffer_add(out, sign ? sign->escape : text_slice(text, 0, 1));
		text = text_from(text, sign ? sign->sign.length : 1);
	}
}

void xml_attribute(struct arena *arena, struct buffer *out, const char *name, struct text text) {
	buffer_format(out, " %s=\"", name);
	xml_text(arena, out, text);
	buffer_add_byte(out, '"');
}

void xml_number(struct buffer *out, const char *name, uint64_t number) {
	buffer_format(out, " %s=\"%" PRIu64 "\"", name, number);
}
