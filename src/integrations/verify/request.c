#include "integrations/verify/request.h"

#include <stddef.h>
#include <string.h>

static const struct member {
	const char *name;
	size_t offset;
} request_members[] = {
#define MEMBER(name) {#name, offsetof(struct request, name)},
	REQUEST_MEMBERS(MEMBER)
#undef MEMBER
	{NULL, 0}};

struct text request_authority(const struct request *request) {
	bool bare_ipv6 = text_find_byte(request->host, ':') != TEXT_NOT_FOUND;
	return text_format(request->arena, bare_ipv6 ? "[%.*s]:%.*s" : "%.*s:%.*s", TEXT_ARGUMENTS(request->host),
	                   TEXT_ARGUMENTS(request->port));
}

static bool take_member(struct text line, struct request *request) {
	struct text value = line, name = text_cut(&value, ' ');
	for (const struct member *member = request_members; member->name; member++)
		if (text_is(name, member->name)) {
			memcpy((char *)request + member->offset, &value, sizeof(value));
			return true;
		}
	return false;
}

static bool is_complete(const struct request *request) {
	return request->kind.length && request->scheme.length && request->host.length && request->port.length &&
	       request->path.length && request->method.length;
}

struct request *requests_read(struct arena *arena, struct text lines, size_t *count) {
	struct request *requests = arena_array(arena, struct request, PROTOCOL_MOST_REQUESTS);
	struct text first = text_cut(&lines, '\n'), word = text_cut(&first, ' ');
	int64_t timeout;
	*count = 0;
	if (!text_is(word, "timeout") || !text_to_integer(first, &timeout) || timeout < 1 || timeout > 3600000)
		return NULL;
	while (lines.length) {
		if (*count == PROTOCOL_MOST_REQUESTS) return NULL;
		struct request *request = &requests[(*count)++];
		request->arena = arena;
		request->timeout = (long)timeout;
		for (struct text line = text_cut(&lines, '\n'); line.length; line = text_cut(&lines, '\n'))
			if (!take_member(line, request))
				return NULL;
		if (!is_complete(request)) return NULL;
	}
	return requests;
}

static void add_line(struct buffer *out, const char *name, struct text value) {
	buffer_format(out, "%s ", name);
	for (size_t i = 0; i < value.length; i++)
		buffer_add_byte(out, value.bytes[i] == '\n' ? ' ' : value.bytes[i]);
	buffer_add_byte(out, '\n');
}

void response_write(const struct response *response, long milliseconds, struct buffer *out) {
	add_line(out, "outcome", response->outcome);
	add_line(out, "realm", response->realm);
	add_line(out, "server", response->server);
	add_line(out, "location", response->location);
	add_line(out, "type", response->type);
	add_line(out, "detail", response->detail);
	buffer_format(out, "milliseconds %ld\ntruncated %s\n", milliseconds, response->truncated ? "yes" : "no");
	buffer_format(out, "body %zu\n", response->body.length);
	buffer_add(out, buffer_text(&response->body));
}

/* realm="..." of a challenge, without its quotes. */
static struct text realm_of(struct text challenge) {
	size_t at = text_find(challenge, TEXT("realm=\""));
	if (at == TEXT_NOT_FOUND)
		return TEXT("");
	struct text rest = text_from(challenge, at + 7);
	return text_cut(&rest, '"');
}

void response_take_header(struct arena *arena, struct text line, struct response *response) {
	struct text value = line, name = text_cut(&value, ':');
	value = text_copy(arena, text_trim(value, " \t\r\n"));
	if (text_equal_ignoring_case(name, TEXT("WWW-Authenticate")) && !response->realm.length)
		response->realm = realm_of(value);
	else if (text_equal_ignoring_case(name, TEXT("Server")))
		response->server = value;
	else if (text_equal_ignoring_case(name, TEXT("Location")))
		response->location = value;
	else if (text_equal_ignoring_case(name, TEXT("Content-Type")))
		response->type = value;
}
