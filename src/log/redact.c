#include "log/redact.h"

#include <string.h>

#include "base/buffer.h"
#include "diagnostic/secret.h"

enum { MOST_SOUGHT = 3 * 512, LONGEST_WORD = 3 };

static bool is_name_byte(char byte)
{
	return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '_';
}

/* --- secrets that are known --- */

static void seek(struct redaction *redaction, struct text secret)
{
	static char here;
	size_t before = redaction->known.count;
	if (!secret.length || redaction->sought.count >= MOST_SOUGHT)
		return;
	map_put(redaction->arena, &redaction->known, secret, &here);
	if (redaction->known.count > before)
		*list_add(redaction->arena, &redaction->sought) = secret;
}

static struct text percent_encode(struct arena *arena, struct text text)
{
	struct buffer out = {.arena = arena};
	for (size_t i = 0; i < text.length; i++)
		if (is_name_byte(text.bytes[i]) || (text.bytes[i] && strchr("-.!~*'()", text.bytes[i])))
			buffer_add_byte(&out, text.bytes[i]);
		else
			buffer_format(&out, "%%%02X", (unsigned)(unsigned char)text.bytes[i]);
	return buffer_text(&out);
}

static struct text json_encode(struct arena *arena, struct text text)
{
	struct buffer out = {.arena = arena};
	buffer_add_json(&out, text);
	return text_slice(buffer_text(&out), 1, out.length - 1);
}

void redact_learn(struct redaction *redaction, struct text secret)
{
	struct text kept = text_copy(redaction->arena, secret);
	seek(redaction, kept);
	seek(redaction, percent_encode(redaction->arena, kept));
	seek(redaction, json_encode(redaction->arena, kept));
}

static bool stands_alone(struct text line, size_t start, size_t end)
{
	return (!start || !is_name_byte(line.bytes[start - 1])) && (end >= line.length || !is_name_byte(line.bytes[end]));
}

static void mark(struct arena *arena, struct source *source, size_t start, size_t end)
{
	secret_mark(arena, source, (struct span){(uint32_t)start, (uint32_t)end});
}

static void mark_known(struct arena *arena, struct source *source, struct text secret)
{
	size_t from = 0, hit;
	while ((hit = text_find(text_from(source->bytes, from), secret)) != TEXT_NOT_FOUND) {
		size_t start = from + hit, end = start + secret.length;
		if (secret.length > LONGEST_WORD || stands_alone(source->bytes, start, end))
			mark(arena, source, start, end);
		from = end;
	}
}

/* --- what stands where secrets stand --- */

static size_t find_any(struct text text, size_t from, const char *stops)
{
	while (from < text.length && !strchr(stops, text.bytes[from]))
		from++;
	return from;
}

/* `//user:password@` */
static void mark_addresses(struct arena *arena, struct source *source)
{
	struct text line = source->bytes;
	size_t from = 0, hit;
	while ((hit = text_find(text_from(line, from), TEXT("://"))) != TEXT_NOT_FOUND) {
		size_t start = from + hit + 3;
		size_t end = find_any(line, start, " \t\"<>`");
		struct text authority = text_slice(line, start, end);
		size_t at = text_find_last_byte(authority, '@');
		if (at != TEXT_NOT_FOUND)
			mark(arena, source, start, start + at);
		from = end;
	}
}

/* Words before `=` or `:` that a secret follows: whole, or the end of a longer name. */
static bool names_secret(struct text lowered)
{
	static const char *const ends[] = {"password", "passwd", "pass", "secret", "token", "pwd", "parol", "api_key", "apikey",
	                                   "api-key", "credentials", "authorization", NULL};
	for (size_t i = 0; ends[i]; i++)
		if (text_ends_with(lowered, text_of(ends[i])))
			return true;
	return false;
}

/* Where the value that begins at an offset ends. */
static size_t value_end(struct text line, size_t start)
{
	char first = line.bytes[start];
	if (first == '"' || first == '\'' || first == '`') {
		size_t close = text_find_byte(text_from(line, start + 1), first);
		return close == TEXT_NOT_FOUND ? line.length : start + 1 + close;
	}
	return find_any(line, start, " \t\"`<>&");
}

static void mark_named(struct arena *arena, struct source *source, struct text lowered)
{
	struct text line = source->bytes;
	for (size_t sign = 0; sign < line.length; sign++) {
		if (line.bytes[sign] != '=' && line.bytes[sign] != ':')
			continue;
		size_t name = sign, value = sign + 1;
		while (name && strchr(" \t\"'\\", line.bytes[name - 1]))
			name--;
		if (!names_secret(text_slice(lowered, 0, name)))
			continue;
		while (value < line.length && strchr(" \t>\\", line.bytes[value]))
			value++;
		if (value >= line.length)
			return;
		size_t end = value_end(line, value);
		/* Of an Authorization header the scheme is one word, what counts is the next. */
		if (text_ends_with(text_slice(lowered, 0, name), TEXT("authorization")) && end < line.length && line.bytes[end] == ' ')
			end = find_any(line, end + 1, " \t\"'`");
		mark(arena, source, value + (strchr("\"'`", line.bytes[value]) != NULL), end);
		sign = end > sign ? end - 1 : sign;
	}
}

static bool is_token_byte(char byte)
{
	return is_name_byte(byte) || (byte && strchr("+/=._-", byte));
}

/* "Basic dXNlcjpwYXNz", "Bearer ..." */
static void mark_schemes(struct arena *arena, struct source *source, struct text lowered)
{
	static const char *const schemes[] = {"basic ", "bearer ", NULL};
	enum { SHORTEST_TOKEN = 6 };
	for (size_t i = 0; schemes[i]; i++) {
		size_t from = 0, hit;
		while ((hit = text_find(text_from(lowered, from), text_of(schemes[i]))) != TEXT_NOT_FOUND) {
			size_t start = from + hit + strlen(schemes[i]), end = start;
			while (end < lowered.length && is_token_byte(lowered.bytes[end]))
				end++;
			if (end - start >= SHORTEST_TOKEN)
				mark(arena, source, start, end);
			from = end;
		}
	}
}

struct source *redact_line(struct arena *arena, const struct redaction *redaction, struct text line)
{
	struct source *source = source_from_text(arena, TEXT(""), line);
	struct text lowered = text_lower(arena, line);
	for (size_t i = 0; i < redaction->sought.count; i++)
		mark_known(arena, source, redaction->sought.items[i]);
	mark_addresses(arena, source);
	mark_named(arena, source, lowered);
	mark_schemes(arena, source, lowered);
	secret_settle(source);
	return source;
}
