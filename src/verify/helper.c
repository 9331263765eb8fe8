#include "verify/helper.h"

#include <string.h>
#include <unistd.h>

#include "process/companion.h"
#include "process/process.h"

#define PROGRAM "arilint-verify"

bool helper_run(struct arena *arena, struct text input, size_t largest, long milliseconds, struct text *output,
                struct text *fault) {
	struct text word = TEXT(PROGRAM);
	const struct text_list words = {&word, 1, 1};
	int program = companion_open(arena, PROGRAM, fault);
	const struct process_request request = {.words = &words, .program = program, .input = input, .confided = true,
	                                        .largest = largest, .timeout = milliseconds};
	if (program < 0) return false;
	struct process process = process_run(arena, &request);
	close(program);
	*output = process.output;
	if (process.end == PROCESS_NOT_STARTED)
		*fault = text_format(arena, "can't start " PROGRAM ": %s", strerror(process.status));
	else if (process.end == PROCESS_KILLED)
		*fault = text_format(arena, PROGRAM " was ended by signal %d", process.status);
	else if (process.end != PROCESS_EXITED || process.cut)
		*fault = TEXT(PROGRAM " took too long, or had too much to say, and was ended");
	else if (process.status)
		*fault = text_format(arena, PROGRAM " ended with status %d", process.status);
	return !fault->length;
}
