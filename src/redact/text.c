/* Secrets in the words of others: those that are known, and what stands where secrets stand. */
#include "redact/shape.h"

/* --- blocks of keys --- */

/* How much of a line may stand in a block of base64, in a comment too, with line ends that are escapes. */
static size_t body_length(struct text line) {
	enum { SHORTEST_BODY = 16 };
	size_t start = 0, end;
	while (start < line.length && text_has_byte(TEXT("#; \t\"'"), line.bytes[start]))
		start++;
	for (end = start; end < line.length; end++)
		if (!text_is_word_byte(line.bytes[end]) && !text_has_byte(TEXT("+/=\\"), line.bytes[end])) break;
	bool whole = !text_trim(text_from(line, end), " \t\r\"'").length;
	return whole || end - start >= SHORTEST_BODY ? end : 0;
}

/* What is between the signs of a private key; without the second, all lines that may belong to it. */
static void mark_block(struct arena *arena, bool learns, struct source *source, struct span span) {
	struct text text = source_slice(source, span), rest = text;
	size_t close = text_find(text, TEXT("-----END"));
	while (rest.length) {
		size_t start = text.length - rest.length;
		struct text line = text_cut(&rest, '\n');
		size_t length = close == TEXT_NOT_FOUND ? body_length(line) : line.length;
		size_t end = start + length > close ? close : start + length;
		redact_mark(arena, source, (struct span){span.start + (uint32_t)start, span.start + (uint32_t)end});
		struct text body = text_trim(text_slice(text, start, end), " \t\r#;\"'\\");
		if (learns && body.length >= REDACT_SHORT * 2)
			redact_know(text_trim(body, "="), true);
		if (length < text_trim(line, "\r").length || start + line.length >= close) return;
	}
}

void redact_mark_blocks(struct arena *arena, bool learns, struct source *source, struct span span) {
	struct text text = source_slice(source, span);
	for (size_t at = 0, hit; (hit = text_find(text_from(text, at), TEXT("-----BEGIN "))) != TEXT_NOT_FOUND;) {
		size_t kind = at + hit + sizeof("-----BEGIN ") - 1, length = text_find(text_from(text, kind), TEXT("-----"));
		if (length == TEXT_NOT_FOUND) return;
		struct text name = text_slice(text, kind, kind + length);
		bool open = text_ends_with(name, TEXT("CERTIFICATE")) || text_ends_with(name, TEXT("PUBLIC KEY")) ||
		            text_has_byte(name, '\n');
		at = kind + length + sizeof("-----") - 1;
		if (!open)
			mark_block(arena, learns, source, (struct span){span.start + (uint32_t)at, span.end});
	}
}

/* --- lines --- */

static void mark_lines(struct arena *arena, struct source *source, uint32_t start, const struct plain *plain) {
	for (struct text rest = plain->text; rest.length;) {
		size_t line = plain->text.length - rest.length;
		struct shape shape = {arena, source, start, plain, text_cut(&rest, '\n'), line};
		shape_mark_addresses(&shape);
		shape_mark_bare(&shape);
		shape_mark_named(&shape);
		shape_mark_options(&shape);
		shape_mark_schemes(&shape);
	}
}

/* A shape may be disguised itself: `password%3DX`. */
void redact_mark_shapes(struct arena *arena, struct source *source, struct span span) {
	enum { SIGNS = 1u << DISGUISE_percent | 1u << DISGUISE_escape | 1u << DISGUISE_reference };
	struct plain plain = {.text = source_slice(source, span)}, other;
	struct arena scratch = {0};
	mark_lines(arena, source, span.start, &plain);
	if (disguise_remove(&scratch, &plain, SIGNS, &other))
		mark_lines(arena, source, span.start, &other);
	arena_release(&scratch);
}

/* --- whole texts --- */

struct source *redact_line(struct arena *arena, struct redaction *redaction, struct text text) {
	struct source *source = source_from_text(arena, TEXT(""), text);
	struct span whole = {0, (uint32_t)text.length};
	redact_mark_blocks(arena, false, source, whole);
	redact_mark_known(arena, redaction, source, whole);
	redact_mark_shapes(arena, source, whole);
	redact_settle(source);
	return source;
}

struct text redact_text(struct arena *arena, struct redaction *redaction, struct text text, bool cut) {
	size_t length = cut ? redact_sure(redaction, text.length) : text.length;
	return redact_show(arena, redact_line(arena, redaction, text), (struct span){0, (uint32_t)length}, NULL);
}

struct text redact_words(struct arena *arena, struct text text) {
	struct redaction none = {.arena = arena};
	return redact_shows_all() ? text : redact_text(arena, &none, text, false);
}
