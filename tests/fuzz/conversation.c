#include "conversation.h"

#include "planted.h"
#include "target.h"
#include "verify/helper.h"
#include "verify/listener.h"
#include "verify/report.h"

static struct text (*stand_in)(struct arena *arena, struct text questions);

/* This one is linked, not that of src/verify/helper.c: no program is started. */
bool helper_run(struct arena *arena, struct text input, size_t largest, long milliseconds, struct text *output,
                struct text *fault) {
	require(milliseconds > 0, "no time for an answer");
	*output = text_slice(stand_in(arena, input), 0, largest);
	if (!output->length)
		*fault = TEXT("it said nothing");
	return output->length > 0;
}

/* Nor is the machine asked who listens there: it is the server, which may be told the password. */
enum listener listener_find(struct arena *arena, struct text host, struct text port, const struct user_list *users,
                            unsigned *user) {
	return LISTENER_TRUSTED;
}

static const struct verify_report *const reports[] = {
	&verify_report_text, &verify_report_json, &verify_report_nagios, &verify_report_prometheus, NULL};

static void converse(struct arena *arena, struct lint *lint) {
	const struct verify_options options = {.timeout = 1000, .from = TEXT("Local/1@a"), .to = TEXT("Local/2@a"), .call_id = TEXT("c1")};
	struct client_list clients = {0};
	struct verify_report_input input = {.arena = arena, .clients = &clients, .version = "0"};
	clients_find(lint, &options, &clients);
	require(clients.count == 1, "%zu clients", clients.count);
	require(!clients.items[0].doubt.length && !clients.items[0].refusal.length, "nothing is asked");
	verify_clients(lint, &options, &clients, &input.summary, &input.fault);
	for (size_t i = 0; reports[i]; i++) {
		struct buffer out = {.arena = arena};
		reports[i]->write(&input, &out);
		require_hidden(arena, buffer_text(&out), reports[i]->name);
	}
}

void conversation_judge(struct text (*answer)(struct arena *arena, struct text questions)) {
	struct arena arena = {0};
	struct test_file_list files = {0};
	struct rule_test test = {0};
	struct test_run run;
	stand_in = answer;
	planted_add_files(&arena, &files);
	planted_lint(&run, &test, &arena, &files);
	converse(&arena, &run.lint);
	redact_forget();
	arena_release(&arena);
}
