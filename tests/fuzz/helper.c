/* Any bytes as what arilint-verify answers, or is asked: the answers are told, the secret that was sent to a server is not. */
#include "conversation.h"
#include "integrations/verify/request.h"
#include "target.h"

static struct text answers;

static struct text answer(struct arena *arena, struct text questions) {
	(void)arena;
	require(text_starts_with(questions, TEXT("timeout ")), "questions without a timeout");
	return answers;
}

static void check_questions(struct text bytes) {
	struct arena arena = {0};
	size_t count = 0;
	const struct request *requests = requests_read(&arena, bytes, &count);
	require(count <= PROTOCOL_MOST_REQUESTS, "%zu questions", count);
	for (size_t i = 0; requests && i < count; i++)
		require(requests[i].host.length && requests[i].port.length && requests[i].timeout > 0, "a question without an address");
	arena_release(&arena);
}

void take_helper(struct text bytes) {
	answers = bytes;
	check_questions(bytes);
	conversation_judge(answer);
}
