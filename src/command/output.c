#include "command/output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/exhaustion.h"
#include "base/file.h"
#include "base/path.h"
#include "command/exit.h"
#include "redact/redact.h"

static bool write_redacted(int descriptor, struct text text) {
	struct arena arena = {0};
	bool written = file_write_all(descriptor, redact_output(&arena, text));
	int error = errno;
	arena_release(&arena);
	errno = error;
	return written;
}

__attribute__((format(printf, 2, 0))) static bool write_list(int descriptor, const char *format, va_list arguments) {
	struct arena arena = {0};
	bool written = write_redacted(descriptor, text_format_list(&arena, format, arguments));
	int error = errno;
	arena_release(&arena);
	errno = error;
	return written;
}

/* What kept something from standard output; 0: nothing has. */
static int failure;

bool output_print(struct text text) {
	if (write_redacted(STDOUT_FILENO, text)) return true;
	failure = errno;
	return false;
}

void output_say(const char *format, ...) {
	va_list arguments;
	va_start(arguments, format);
	if (!write_list(STDOUT_FILENO, format, arguments))
		failure = errno;
	va_end(arguments);
}

int output_status(int status) {
	if (!failure)
		return status;
	output_tell("arilint: error: can't write to standard output: %s\n", strerror(failure));
	bool tells_state = status == EXIT_NOT_FIXED || status == EXIT_BROKEN || status == EXIT_NOT_LOADED;
	return tells_state ? status : EXIT_UNTOLD;
}

void output_tell(const char *format, ...) {
	va_list arguments;
	va_start(arguments, format);
	write_list(STDERR_FILENO, format, arguments);
	va_end(arguments);
}

bool output_replace(struct arena *arena, struct text path, struct text text, struct text *fault) {
	struct text folder = path_prefix(path), name = path_name(path);
	char *temporary = text_string(arena, text_format(arena, "%.*s.%.*s.XXXXXX", TEXT_ARGUMENTS(folder),
	                                                 TEXT_ARGUMENTS(name)));
	/* A lack of memory must not leave the temporary file. */
	const char *final = text_string(arena, path);
	struct text shown = redact_output(arena, text);
	int descriptor = name.length ? mkostemp(temporary, 0) : -1;
	bool ok = descriptor >= 0 && !fchmod(descriptor, 0644) && file_write_all(descriptor, shown) && !fsync(descriptor);
	int error = name.length ? errno : EISDIR;
	if (descriptor >= 0 && close(descriptor) < 0 && ok) {
		error = errno;
		ok = false;
	}
	if (ok && rename(temporary, final) < 0) {
		error = errno;
		ok = false;
	}
	if (ok)
		exhaustion_leaves(EXHAUSTION_CHANGED);
	else if (descriptor >= 0)
		unlink(temporary);
	if (!ok)
		*fault = text_format(arena, "can't write %.*s: %s", TEXT_ARGUMENTS(path), strerror(error));
	return ok;
}
