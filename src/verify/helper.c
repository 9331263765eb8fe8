#include "verify/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/exhaustion.h"
#include "base/file.h"
#include "process/process.h"
#include "trust/trust.h"

#define PROGRAM "arilint-verify"

/* --- where it is --- */

static struct text own_folder(struct arena *arena, struct stat *self) {
	char *path = realpath("/proc/self/exe", NULL);
	if (!path && errno == ENOMEM)
		exhaustion_end();
	struct text folder = text_copy(arena, text_of(path));
	if (!path || stat(path, self) < 0)
		memset(self, 0, sizeof(*self));
	free(path);
	size_t slash = text_find_last_byte(folder, '/');
	return slash == TEXT_NOT_FOUND ? TEXT("") : text_slice(folder, 0, slash);
}

static int open_program(struct arena *arena, struct text *fault) {
	struct stat self, status;
	struct text own = own_folder(arena, &self), beside = text_join(arena, own, TEXT("/../libexec/arilint"));
	const struct text folders[] = {own, beside, TEXT("/usr/local/libexec/arilint"), TEXT("/usr/libexec/arilint"),
	                               TEXT("/usr/lib/arilint")};
	struct trusted trusted = trust_in_us(), alone;
	trusted.users[trusted.count++] = self.st_uid;
	alone = trusted;
	alone.strict = true;
	for (size_t i = own.length ? 0 : 2; i < sizeof(folders) / sizeof(*folders); i++) {
		struct text path = text_format(arena, "%.*s/" PROGRAM, TEXT_ARGUMENTS(folders[i]));
		struct text reason = TEXT("");
		int program = trust_open(arena, path, WAY_FILE, &trusted, &reason);
		if (program < 0 && !reason.length) continue;
		if (program >= 0)
			trust_descriptor(arena, program, &alone, &reason);
		if (program >= 0 && !reason.length && (fstat(program, &status) < 0 || !S_ISREG(status.st_mode)))
			reason = TEXT("is no program");
		if (!reason.length)
			return program;
		*fault = text_format(arena, "%.*s can't be trusted: %.*s", TEXT_ARGUMENTS(path), TEXT_ARGUMENTS(reason));
		return file_close(program, true) ? -1 : program;
	}
	*fault = TEXT("the program " PROGRAM " is not beside arilint nor in a libexec/arilint; install it, too");
	return -1;
}

/* --- what it does --- */

bool helper_run(struct arena *arena, struct text input, size_t largest, long milliseconds, struct text *output,
                struct text *fault) {
	struct text word = TEXT(PROGRAM);
	const struct text_list words = {&word, 1, 1};
	int program = open_program(arena, fault);
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
