#include "verify/helper.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/list.h"
#include "process/process.h"
#include "trust/trust.h"

#define PROGRAM "arilint-verify"

/* --- where it is --- */

static bool is_ours(const struct stat *program, const struct stat *self)
{
	struct trusted trusted = trust_owner(geteuid());
	trusted.owners[trusted.owner_count++] = self->st_uid;
	return S_ISREG(program->st_mode) && trust_check(program, &trusted) == TRUST_SAFE;
}

static struct text own_folder(struct arena *arena, struct stat *self)
{
	char *path = realpath("/proc/self/exe", NULL);
	struct text folder = text_copy(arena, text_of(path));
	if (!path || stat(path, self) < 0)
		memset(self, 0, sizeof(*self));
	free(path);
	size_t slash = text_find_last_byte(folder, '/');
	return slash == TEXT_NOT_FOUND ? TEXT("") : text_slice(folder, 0, slash);
}

static int open_program(struct arena *arena, struct text *fault)
{
	static const char *const places[] = {"", "/../libexec/arilint"};
	static const char *const fixed[] = {"/usr/local/libexec/arilint", "/usr/libexec/arilint", "/usr/lib/arilint"};
	struct stat self, status;
	struct text folder = own_folder(arena, &self);
	for (size_t i = folder.length ? 0 : 2; i < 5; i++) {
		struct text path = i < 2 ? text_format(arena, "%.*s%s/" PROGRAM, TEXT_ARGUMENTS(folder), places[i])
		                         : text_format(arena, "%s/" PROGRAM, fixed[i - 2]);
		int program = open(path.bytes, O_RDONLY | O_CLOEXEC);
		if (program < 0)
			continue;
		if (!fstat(program, &status) && is_ours(&status, &self))
			return program;
		close(program);
		*fault = text_format(arena, "%.*s can't be trusted: it belongs to somebody else or others may write it",
		                     TEXT_ARGUMENTS(path));
		return -1;
	}
	*fault = TEXT("the program " PROGRAM " is not beside arilint nor in a libexec/arilint; install it, too");
	return -1;
}

/* --- what it does --- */

bool helper_run(struct arena *arena, struct text input, size_t largest, long milliseconds, struct text *output,
                struct text *fault)
{
	struct text_list words = {0};
	struct process_request request = {.words = &words, .input = input, .confided = true};
	*list_add(arena, &words) = TEXT(PROGRAM);
	request.program = open_program(arena, fault);
	request.largest = largest;
	request.timeout = milliseconds;
	if (request.program < 0)
		return false;
	struct process process = process_run(arena, &request);
	close(request.program);
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
