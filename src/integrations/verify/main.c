/* arilint-verify: asks servers what `arilint verify` tells it to on standard input, and writes down what they answer. It
 * takes no argument and no environment, and keeps nothing: see verify/protocol.h. */
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/file.h"
#include "base/self.h"
#include "integrations/verify/probe.h"

/* What it knows is read by nobody else, whatever libcurl starts. */
static void keep_to_ourselves(void) {
	const struct rlimit none = {0, 0};
	self_begin();
	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

static bool answer(const struct request *request) {
	struct response response = {.body = {.arena = request->arena}};
	struct buffer out = {.arena = request->arena};
	long start = connection_now();
	if (text_is(request->kind, "websocket"))
		probe_websocket(request, &response);
	else
		probe_http(request, &response);
	response_write(&response, connection_now() - start, &out);
	return file_write_all(STDOUT_FILENO, buffer_text(&out));
}

static int run(struct arena *arena) {
	struct text lines;
	size_t count = 0;
	if (!file_read_all(arena, STDIN_FILENO, 4096, PROTOCOL_LARGEST_REQUESTS, &lines))
		return 2;
	const struct request *requests = requests_read(arena, lines, &count);
	if (!requests || curl_global_init(CURL_GLOBAL_DEFAULT))
		return 2;
	bool written = true;
	for (size_t i = 0; i < count && written; i++)
		written = answer(&requests[i]);
	curl_global_cleanup();
	return written ? 0 : 2;
}

int main(int count, char **arguments) {
	struct arena arena = {0};
	keep_to_ourselves();
	if (count != 1 || isatty(STDIN_FILENO)) {
		fputs("arilint-verify is run by `arilint verify`\n", stderr);
		return 2;
	}
	int status = run(&arena);
	arena_release(&arena);
	/* A leak checker could not look into this process either, and would fail it for that. */
	_exit(status);
}
