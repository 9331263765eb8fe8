/* Any bytes as what a server answers, to HTTP and to a WebSocket's handshake: arilint-verify takes them apart behind a stand-in
 * for libcurl, arilint tells what they mean, and not the secret. */
#include "conversation.h"
#include "curl.h"
#include "integrations/verify/probe.h"
#include "target.h"

static struct text said;

static struct text answer(struct arena *arena, struct text questions) {
	struct buffer out = {.arena = arena};
	size_t count = 0;
	const struct request *requests = requests_read(arena, questions, &count);
	require(requests && count, "arilint-verify does not know what arilint asks");
	for (size_t i = 0; i < count; i++) {
		struct response response = {.body = {.arena = arena}};
		curl_will_answer(said);
		if (text_is(requests[i].kind, "websocket"))
			probe_websocket(&requests[i], &response);
		else
			probe_http(&requests[i], &response);
		require(response.outcome.length, "an answer without an outcome");
		require(response.body.length <= PROTOCOL_LARGEST_BODY + 16384, "a body of %zu bytes", response.body.length);
		response_write(&response, 1, &out);
	}
	return buffer_text(&out);
}

void take_server(struct text bytes) {
	said = bytes;
	conversation_judge(answer);
}
