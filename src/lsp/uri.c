#include "lsp/uri.h"

#include "base/buffer.h"
#include "base/path.h"

static int digit(char byte) {
	if (byte >= '0' && byte <= '9') return byte - '0';
	byte |= 0x20;
	return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

struct text uri_path(struct arena *arena, struct text uri) {
	struct buffer path = {.arena = arena};
	if (!text_equal_ignoring_case(text_slice(uri, 0, 7), TEXT("file://"))) return TEXT("");
	struct text rest = text_from(uri, 7);
	if (text_starts_with(rest, TEXT("localhost/")))
		rest = text_from(rest, 9);
	if (!text_starts_with(rest, TEXT("/"))) return TEXT("");
	for (size_t i = 0; i < rest.length; i++) {
		bool escaped = rest.bytes[i] == '%' && i + 2 < rest.length && digit(rest.bytes[i + 1]) >= 0 && digit(rest.bytes[i + 2]) >= 0;
		char byte = escaped ? (char)(digit(rest.bytes[i + 1]) * 16 + digit(rest.bytes[i + 2])) : rest.bytes[i];
		if (!byte || (!escaped && (byte == '?' || byte == '#'))) return TEXT("");
		buffer_add_byte(&path, byte);
		i += escaped ? 2 : 0;
	}
	return path_absolute(arena, TEXT(""), buffer_text(&path));
}

struct text uri_of(struct arena *arena, struct text absolute_path) {
	struct buffer uri = {.arena = arena};
	buffer_add_string(&uri, "file://");
	for (size_t i = 0; i < absolute_path.length; i++) {
		char byte = absolute_path.bytes[i];
		if (text_is_word_byte(byte) || text_has_byte(TEXT("/-.~"), byte))
			buffer_add_byte(&uri, byte);
		else
			buffer_format(&uri, "%%%02X", (unsigned char)byte);
	}
	return buffer_text(&uri);
}
