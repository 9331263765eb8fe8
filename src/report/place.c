#include "report/place.h"

bool place_is_whole_file(struct place place) { return !place.span.start && !place.span.end; }

bool place_is_same(struct place a, struct place b) {
	return a.source == b.source && !span_compare(a.span, b.span);
}

struct text place_path(struct place place) {
	struct text path = place.source->path;
	while (text_starts_with(path, TEXT("./")) && path.length > 2)
		path = text_from(path, 2);
	return path;
}

/* Systems pass over blanks, those beyond ASCII too, before "::" and "##". */
struct text place_path_in_line(struct arena *arena, struct place place) {
	struct text path = place.source->path;
	bool plain = path.length && (text_is_word_byte(path.bytes[0]) || text_has_byte(TEXT("./-"), path.bytes[0]));
	return plain ? path : text_join(arena, TEXT("./"), path);
}

struct text place_uri(struct arena *arena, struct place place) {
	struct buffer out = {.arena = arena};
	struct text path = place_path(place);
	if (text_starts_with(path, TEXT("/")))
		buffer_add_string(&out, "file://");
	for (size_t i = 0; i < path.length; i++) {
		if (text_is_word_byte(path.bytes[i]) || text_has_byte(TEXT("-.~/"), path.bytes[i]))
			buffer_add_byte(&out, path.bytes[i]);
		else
			buffer_format(&out, "%%%02X", (unsigned char)path.bytes[i]);
	}
	return buffer_text(&out);
}

struct region place_region(struct place place) {
	return (struct region){source_position(place.source, place.span.start),
	                       source_position(place.source, place.span.end)};
}
