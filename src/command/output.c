#include "command/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/exhaustion.h"
#include "base/file.h"
#include "base/path.h"
#include "command/exit.h"
#include "command/tell.h"
#include "redact/redact.h"
#include "trust/way.h"

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

/* Whether a file did not get its report: that was told. */
static bool lost;

bool output_print(struct text text) {
	if (write_redacted(STDOUT_FILENO, text)) return true;
	failure = errno;
	return false;
}

bool output_print_file(struct text bytes) {
	if (file_write_all(STDOUT_FILENO, bytes)) return true;
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
	if (!failure && !lost)
		return status;
	if (failure)
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

/* --- files --- */

void output_lose(struct text path, int error) {
	struct arena arena = {0};
	const char *reason = error == EEXIST ? "it is one of the files that were read" : strerror(error);
	lost = true;
	tell_error(&arena, "", text_format(&arena, "can't write %.*s: %s", TEXT_ARGUMENTS(path), reason));
	arena_release(&arena);
}

bool output_hold(int descriptor, struct text text) { return write_redacted(descriptor, text); }

void output_keep(struct arena *arena, struct text path, struct text text) {
	struct text fault;
	if (output_replace(arena, path, text, false, &fault)) return;
	lost = true;
	tell_error(arena, "", fault);
}

/* A link of somebody else's leads where he wants. */
static bool is_led_astray(const struct way *way) {
	for (size_t i = 0; i < way->steps.count; i++) {
		const struct stat *entry = &way->steps.items[i].entry;
		if (S_ISLNK(entry->st_mode) && entry->st_uid != 0 && entry->st_uid != geteuid()) return true;
	}
	return false;
}

/* Devices, pipes and links stay what they are. */
static const char *refuse(const struct way *way) {
	struct stat there;
	if (is_led_astray(way))
		return "a link of another user leads there";
	if (fstatat(way->folder, way->name, &there, AT_SYMLINK_NOFOLLOW) < 0)
		return errno == ENOENT ? NULL : strerror(errno);
	return S_ISLNK(there.st_mode) ? "it is a link" : !S_ISREG(there.st_mode) ? "it is no regular file" : NULL;
}

static const char *replace(struct arena *arena, const struct way *way, struct text text, bool for_others) {
	uint64_t random;
	if (getrandom(&random, sizeof(random), 0) != (ssize_t)sizeof(random)) return strerror(errno);
	/* A lack of memory must not leave the temporary file. */
	struct text shown = redact_output(arena, text);
	const char *temporary = text_string(arena, text_format(arena, ".arilint-%016llx", (unsigned long long)random));
	int descriptor = openat(way->folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (descriptor < 0) return strerror(errno);
	bool ok = (!for_others || !fchmod(descriptor, 0644)) && file_write_all(descriptor, shown) && !fsync(descriptor);
	int error = errno;
	if (close(descriptor) < 0 && ok) {
		error = errno;
		ok = false;
	}
	if (ok && renameat(way->folder, temporary, way->folder, way->name) < 0) {
		error = errno;
		ok = false;
	}
	if (ok)
		exhaustion_leaves(EXHAUSTION_CHANGED);
	else
		unlinkat(way->folder, temporary, 0);
	return ok ? NULL : strerror(error);
}

bool output_replace(struct arena *arena, struct text path, struct text text, bool for_others, struct text *fault) {
	struct way way;
	int error = path_name(path).length ? way_walk(arena, path, WAY_ITSELF, &way) : EISDIR;
	const char *reason = error ? strerror(error) : refuse(&way);
	if (!reason)
		reason = replace(arena, &way, text, for_others);
	if (!error)
		close(way.folder);
	if (reason)
		*fault = text_format(arena, "can't write %.*s: %s", TEXT_ARGUMENTS(path), reason);
	return !reason;
}
