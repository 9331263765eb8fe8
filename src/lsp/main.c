/* arilint-lsp: what `arilint lsp` becomes. */
#include <signal.h>
#include <unistd.h>

#include "base/self.h"
#include "command/command.h"
#include "command/output.h"
#include "lsp/server.h"

static bool deliver(struct client *client, struct text message) { return wire_write(client->descriptor, message); }

static int serve(struct call *call) {
	struct server server = {
		.client = {.send = deliver, .descriptor = STDOUT_FILENO}, .workspace = {.given = &call->options}, .settles = true};
	server_run(&server, STDIN_FILENO);
	server_release(&server);
	return server.status;
}

int main(int count, char **arguments) {
	self_begin();
	signal(SIGPIPE, SIG_IGN);
	struct arena arena = {0};
	struct verb verb = verb_lsp;
	verb.run = serve;
	int status = command_run(&verb, &arena, count > 1 ? (size_t)count - 1 : 0, arguments + 1);
	arena_release(&arena);
	return output_status(status);
}
