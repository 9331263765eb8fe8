#include "verify/exchange.h"

#include <stddef.h>
#include <string.h>

#include "base/buffer.h"
#include "json/read.h"
#include "verify/helper.h"
#include "verify/protocol.h"

enum { LONGEST_SHOWN = 200 };

/* An answer as arilint-verify writes it. */
struct reply {
#define MEMBER(name) struct text name;
	ANSWER_MEMBERS(MEMBER)
#undef MEMBER
	struct text body;
};

static const struct reply_member {
	const char *name;
	size_t offset;
} reply_members[] = {
#define MEMBER(name) {#name, offsetof(struct reply, name)},
	ANSWER_MEMBERS(MEMBER)
#undef MEMBER
	{NULL, 0}};

/* --- requests --- */

static void add_request(const struct verify_options *options, const struct client *client,
                        const struct probe_result *result, struct buffer *out) {
	buffer_format(out, "kind %s\nmethod %.*s\n", result->probe->websocket ? "websocket" : "http",
	              TEXT_ARGUMENTS(result->probe->method));
	buffer_format(out, "scheme %.*s\nhost %.*s\nport %.*s\npath %.*s\n", TEXT_ARGUMENTS(client->scheme),
	              TEXT_ARGUMENTS(client->host), TEXT_ARGUMENTS(client->port), TEXT_ARGUMENTS(result->path));
	struct text authorization = client->doubt.length ? TEXT("") : client->authorization;
	buffer_format(out, "authorization %.*s\nloopback %s\ninsecure %s\n\n", TEXT_ARGUMENTS(authorization),
	              client->loopback ? "yes" : "no", options->insecure_loopback ? "yes" : "no");
}

static size_t add_requests(const struct verify_options *options, const struct client_list *clients, struct buffer *out) {
	size_t count = 0;
	buffer_format(out, "timeout %u\n", options->timeout);
	for (size_t i = 0; i < clients->count; i++) {
		const struct client *client = &clients->items[i];
		for (size_t j = 0; j < client->verification->probes.count; j++) {
			if (!client_asks(client, &client->results[j])) continue;
			add_request(options, client, &client->results[j], out);
			count++;
		}
	}
	return count;
}

/* --- answers --- */

static bool take_reply(struct text *output, struct reply *reply) {
	*reply = (struct reply){0};
	while (output->length) {
		struct text value = text_cut(output, '\n'), name = text_cut(&value, ' ');
		int64_t length;
		if (text_is(name, "body")) {
			if (!text_to_integer(value, &length) || length < 0 || (size_t)length > output->length)
				return false;
			reply->body = text_slice(*output, 0, (size_t)length);
			*output = text_from(*output, (size_t)length);
			return reply->outcome.length;
		}
		for (const struct reply_member *member = reply_members; member->name; member++)
			if (text_is(name, member->name))
				memcpy((char *)reply + member->offset, &value, sizeof(value));
	}
	return false;
}

static struct text missing_members(struct arena *arena, const struct text_list *members, const struct json_value *body) {
	struct text missing = TEXT("");
	for (size_t i = 0; i < members->count; i++)
		if (!json_get(body, text_string(arena, members->items[i])))
			missing = text_format(arena, "%.*s%s%.*s", TEXT_ARGUMENTS(missing), missing.length ? ", " : "",
			                      TEXT_ARGUMENTS(members->items[i]));
	return missing;
}

/* As much of a server's words as a report has room for. */
static struct text shown(struct arena *arena, struct client *client, struct text words) {
	const struct source *source = redact_line(arena, &client->redaction, words);
	struct text text = redact_show(arena, source, (struct span){0, LONGEST_SHOWN}, NULL);
	return words.length > LONGEST_SHOWN ? text_join(arena, text, TEXT("...")) : text;
}

static void take_answer(struct arena *arena, struct client *client, const struct reply *reply,
                        struct probe_result *result) {
	struct answer *answer = &result->answer;
	const struct json_value *body = text_is(reply->truncated, "yes") ? NULL : json_read(arena, reply->body);
	struct text said = json_get_text(body, json_get(body, "message") ? "message" : "error");
	int64_t milliseconds;
	answer->outcome = reply->outcome;
	answer->realm = shown(arena, client, reply->realm);
	answer->server = shown(arena, client, reply->server);
	answer->location = shown(arena, client, reply->location);
	answer->detail = shown(arena, client, reply->detail);
	answer->said = shown(arena, client, said);
	answer->missing = missing_members(arena, &result->probe->members, body);
	struct text type = reply->type;
	result->type = text_trim(text_cut(&type, ';'), " ");
	if (text_to_integer(reply->milliseconds, &milliseconds) && milliseconds >= 0 && milliseconds <= UINT32_MAX)
		result->milliseconds = (uint32_t)milliseconds;
}

static void take_answers(struct arena *arena, struct text output, struct client_list *clients) {
	struct reply reply;
	bool whole = true;
	for (size_t i = 0; i < clients->count; i++)
		for (size_t j = 0; j < clients->items[i].verification->probes.count; j++) {
			struct probe_result *result = &clients->items[i].results[j];
			if (!client_asks(&clients->items[i], result)) continue;
			whole = whole && take_reply(&output, &reply);
			if (whole)
				take_answer(arena, &clients->items[i], &reply, result);
			else
				result->answer.outcome = TEXT(OUTCOME_FAULT);
		}
}

bool exchange_run(struct arena *arena, const struct verify_options *options, struct client_list *clients,
                  struct text *fault) {
	struct buffer requests = {.arena = arena};
	struct text output = TEXT("");
	size_t count = add_requests(options, clients, &requests);
	if (!count) return true;
	if (count > PROTOCOL_MOST_REQUESTS || requests.length > PROTOCOL_LARGEST_REQUESTS) {
		*fault = text_format(arena, "more than %d questions at once; name fewer files", PROTOCOL_MOST_REQUESTS);
		return false;
	}
	/* Each question may take its time twice, as a port that fails is asked what it speaks. */
	long longest = (long)count * (2L * options->timeout + 1000) + 5000;
	size_t largest = count * ((size_t)PROTOCOL_LARGEST_BODY + 2 * (size_t)PROTOCOL_LARGEST_HEADERS);
	bool ok = helper_run(arena, buffer_text(&requests), largest, longest, &output, fault);
	take_answers(arena, output, clients);
	return ok;
}
