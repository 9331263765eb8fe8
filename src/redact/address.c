/* Credentials in addresses: `scheme://user:password@host`, and the same without a scheme. */
#include "redact/shape.h"

/* Where the first of the bytes stands from an offset on, or the text's end. */
static size_t find_any(struct text text, size_t from, const char *stops) {
	while (from < text.length && !text_has_byte(text_of(stops), text.bytes[from]))
		from++;
	return from;
}

/* `?name=` begins a query and no rest of a password. */
static bool is_query(struct text text) {
	size_t end = 1;
	while (end < text.length && (text_is_word_byte(text.bytes[end]) || text.bytes[end] == '-' || text.bytes[end] == '.'))
		end++;
	return end > 1 && end < text.length && text.bytes[end] == '=' && text.bytes[0] == '?';
}

/* Where the user and password end that begin the text, at an `@`; TEXT_NOT_FOUND when it has none. A password that is not
 * encoded may hold `/`, `?`, `#` and `@`, and what is no port behind a colon is one. */
static size_t credentials_end(struct text text) {
	size_t stop = find_any(text, 0, "?#"), slash = find_any(text, 0, "/?#");
	size_t last = text_find_last_byte(text, '@');
	size_t before = text_find_last_byte(text_slice(text, 0, stop), '@');
	size_t colon = text_find_byte(text_slice(text, 0, slash), ':');
	bool query = is_query(text_from(text, stop));
	bool path = slash < stop && colon == TEXT_NOT_FOUND && !text_has_byte(text_slice(text, 0, slash), '@');
	if (path)
		return TEXT_NOT_FOUND;
	if (before != TEXT_NOT_FOUND)
		return query ? before : last;
	if (last == TEXT_NOT_FOUND || colon == TEXT_NOT_FOUND)
		return query ? TEXT_NOT_FOUND : last;
	bool port = colon + 1 < slash && !text_trim(text_slice(text, colon + 1, slash), "0123456789").length;
	return port && (query || slash < stop) ? TEXT_NOT_FOUND : last;
}

void redact_mark_address(struct arena *arena, struct source *source, struct span span) {
	struct text text = source_slice(source, span);
	if (!text_has_byte(text, '@')) return;
	size_t scheme = text_find(text, TEXT("://"));
	if (scheme == TEXT_NOT_FOUND) {
		struct plain plain = {.text = text};
		struct shape shape = {arena, source, span.start, &plain, plain.text, 0};
		shape_mark_bare(&shape);
		return;
	}
	size_t end = credentials_end(text_from(text, scheme + 3));
	if (end != TEXT_NOT_FOUND)
		redact_mark(arena, source, (struct span){span.start + (uint32_t)scheme + 3, span.start + (uint32_t)(scheme + 3 + end)});
}

void shape_mark_addresses(const struct shape *shape) {
	struct text text = shape->text;
	size_t from = 0, hit;
	while ((hit = text_find(text_from(text, from), TEXT("://"))) != TEXT_NOT_FOUND) {
		size_t start = from + hit + 3;
		from = find_any(text, start, " \t\"<>`");
		size_t end = credentials_end(text_slice(text, start, from));
		if (end != TEXT_NOT_FOUND)
			shape_mark(shape, start, start + end);
	}
}

/* What may stand before `something@host` without being a user. */
static bool is_scheme(struct text word) {
	static const char *const schemes[] = {"sip", "sips", "tel", "mailto", "xmpp", "im", "npm", "acct", "e-mail", "email", "mail", NULL};
	for (size_t i = 0; schemes[i]; i++)
		if (text_equal_ignoring_case(word, text_of(schemes[i])))
			return true;
	return false;
}

/* The word [start, end) has an `@`: `user:password@host`. */
static void mark_pair(const struct shape *shape, size_t start, size_t end) {
	struct text word = text_slice(shape->text, start, end);
	size_t colon = text_find_byte(word, ':'), at = text_find_last_byte(word, '@');
	if (colon == TEXT_NOT_FOUND || colon >= at || at + 1 >= word.length) return;
	if (text_starts_with(text_from(word, colon), TEXT("://")) || text_starts_with(text_from(word, at), TEXT("@sha256:"))) return;
	size_t user = colon;
	while (user && (text_is_word_byte(word.bytes[user - 1]) || text_has_byte(TEXT("%+-.~"), word.bytes[user - 1])))
		user--;
	if (is_scheme(text_slice(word, user, colon)))
		mark_pair(shape, start + colon + 1, end);
	else if (user < colon && colon + 1 < at)
		shape_mark(shape, start + user, start + at);
}

void shape_mark_bare(const struct shape *shape) {
	struct text text = shape->text;
	for (size_t start = 0, end; start < text.length; start = end + 1) {
		end = find_any(text, start, " \t\"<>`");
		if (text_has_byte(text_slice(text, start, end), '@'))
			mark_pair(shape, start, end);
	}
}
