/* Secrets in the words of others: those that are known, and what stands where secrets stand. */
#include <string.h>

#include "redact/redact.h"

/* A line of a source. */
struct line {
	struct arena *arena;
	struct source *source;
	uint32_t start;
	struct text text;
};

static void mark(const struct line *line, size_t start, size_t end) {
	redact_mark(line->arena, line->source, (struct span){line->start + (uint32_t)start, line->start + (uint32_t)end});
}

static size_t find_any(struct text text, size_t from, const char *stops) {
	while (from < text.length && !strchr(stops, text.bytes[from]))
		from++;
	return from;
}

static size_t skip(struct text text, size_t from, const char *skipped) {
	while (from < text.length && strchr(skipped, text.bytes[from]))
		from++;
	return from;
}

/* --- addresses --- */

void redact_mark_address(struct arena *arena, struct source *source, struct span span) {
	struct text text = source_slice(source, span);
	size_t scheme = text_find(text, TEXT("://")), at = text_find_last_byte(text, '@');
	if (scheme != TEXT_NOT_FOUND && at != TEXT_NOT_FOUND && at > scheme)
		redact_mark(arena, source, (struct span){span.start + (uint32_t)scheme + 3, span.start + (uint32_t)at});
}

static void mark_addresses(const struct line *line) {
	size_t from = 0, hit;
	while ((hit = text_find(text_from(line->text, from), TEXT("://"))) != TEXT_NOT_FOUND) {
		size_t start = from + hit;
		from = find_any(line->text, start, " \t\"<>`");
		redact_mark_address(line->arena, line->source,
		                    (struct span){line->start + (uint32_t)start, line->start + (uint32_t)from});
	}
}

/* --- behind names --- */

/* Where the value that begins at an offset ends. */
static size_t value_end(struct text text, size_t start) {
	char first = text.bytes[start];
	if (first == '"' || first == '\'' || first == '`') {
		size_t close = text_find_byte(text_from(text, start + 1), first);
		return close == TEXT_NOT_FOUND ? text.length : start + 1 + close;
	}
	return find_any(text, start, " \t\"`<>&");
}

static void mark_value(const struct line *line, size_t start, size_t end) {
	mark(line, start + (strchr("\"'`", line->text.bytes[start]) != NULL), end);
}

static bool is_header(struct text before) {
	struct text header = TEXT("authorization");
	size_t start = before.length < header.length ? 0 : before.length - header.length;
	return text_equal_ignoring_case(text_from(before, start), header);
}

/* `password: X`, `api_key=X` */
static void mark_named(const struct line *line) {
	struct text text = line->text;
	for (size_t sign = 0; sign < text.length; sign++) {
		if (text.bytes[sign] != '=' && text.bytes[sign] != ':') continue;
		size_t name = sign;
		while (name && strchr(" \t\"'\\", text.bytes[name - 1]))
			name--;
		if (!redact_ends_in_name(text_slice(text, 0, name))) continue;
		size_t value = skip(text, sign + 1, " \t>\\");
		if (value == text.length) return;
		size_t end = value_end(text, value);
		/* Of an Authorization header the scheme is one word, what counts is the next. */
		if (is_header(text_slice(text, 0, name)) && end < text.length && text.bytes[end] == ' ')
			end = find_any(text, end + 1, " \t\"'`");
		mark_value(line, value, end);
		sign = end > sign ? end - 1 : sign;
	}
}

/* --- on command lines and in headers --- */

/* `--password X`, `-u user:X` */
static void mark_options(const struct line *line) {
	struct text text = line->text;
	for (size_t start = 0, end; start < text.length; start = end + 1) {
		end = find_any(text, start, " \t\"'`");
		struct text option = text_slice(text, start, end);
		if (option.length < 2 || option.bytes[0] != '-') continue;
		size_t value = skip(text, end, " \t");
		if (value == end || value == text.length) continue;
		size_t behind = value_end(text, value);
		bool named = option.bytes[1] == '-' && redact_ends_in_name(option);
		bool user = text_is(option, "-u") || text_is(option, "--user");
		if (named || (user && text_find_byte(text_slice(text, value, behind), ':') != TEXT_NOT_FOUND))
			mark_value(line, value, behind);
	}
}

static size_t token_end(struct text text, size_t start) {
	while (start < text.length && (text_is_word_byte(text.bytes[start]) || (text.bytes[start] && strchr("+/=.-", text.bytes[start]))))
		start++;
	return start;
}

/* "Basic dXNlcjpwYXNz", "Bearer ..." */
static void mark_schemes(const struct line *line) {
	static const char *const schemes[] = {"basic ", "bearer ", NULL};
	enum { SHORTEST_TOKEN = 6 };
	for (size_t at = 0; at < line->text.length; at++)
		for (size_t i = 0; schemes[i]; i++) {
			size_t start = at + strlen(schemes[i]);
			if (!text_equal_ignoring_case(text_slice(line->text, at, start), text_of(schemes[i]))) continue;
			size_t end = token_end(line->text, start);
			if (end - start >= SHORTEST_TOKEN)
				mark(line, start, end);
		}
}

/* --- whole texts --- */

struct source *redact_line(struct arena *arena, struct redaction *redaction, struct text text) {
	struct source *source = source_from_text(arena, TEXT(""), text);
	redact_mark_known(arena, redaction, source, (struct span){0, (uint32_t)text.length});
	for (struct text rest = text; rest.length;) {
		struct line line = {arena, source, (uint32_t)(text.length - rest.length), text_cut(&rest, '\n')};
		mark_addresses(&line);
		mark_named(&line);
		mark_options(&line);
		mark_schemes(&line);
	}
	redact_settle(source);
	return source;
}

struct text redact_text(struct arena *arena, struct redaction *redaction, struct text text, bool cut) {
	size_t length = cut ? redact_sure(redaction, text.length) : text.length;
	return redact_show(arena, redact_line(arena, redaction, text), (struct span){0, (uint32_t)length}, NULL);
}
