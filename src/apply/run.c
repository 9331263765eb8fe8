#include "apply/run.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"

struct text run_escape(struct arena *arena, struct text path) {
	struct buffer out = {.arena = arena};
	for (size_t i = 0; i < path.length; i++) {
		unsigned char byte = (unsigned char)path.bytes[i];
		if (byte < 0x20 || byte == 0x7f || byte == '\\')
			buffer_format(&out, "\\x%02x", byte);
		else
			buffer_add_byte(&out, path.bytes[i]);
	}
	return buffer_text(&out);
}

bool run_fail(struct run *run, const char *format, ...) {
	if (!run->reason.length) {
		va_list arguments;
		va_start(arguments, format);
		run->reason = text_format_list(run->arena, format, arguments);
		va_end(arguments);
	}
	return false;
}

void run_note(struct run *run, const char *format, ...) {
	va_list arguments;
	va_start(arguments, format);
	*list_add(run->arena, &run->notes) = text_format_list(run->arena, format, arguments);
	va_end(arguments);
}

static const char *advice(int error) {
	static const struct {
		int error;
		const char *text;
	} table[] = {
		{ENOSPC, "free some space and run again"},
		{EDQUOT, "free some of your quota and run again"},
		{EFBIG, "raise the limit of file sizes (ulimit -f) and run again"},
		{EROFS, "make that file system writable, or leave the file out"},
		{EACCES, "run as a user who may do that"},
		{EPERM, "run as the file's owner or as root; lsattr shows whether it is immutable"},
		{EMFILE, "raise the limit of open files (ulimit -n) and run again"},
		{ENFILE, "raise the limit of open files of the system and run again"},
		{ENOENT, "check the path"},
		{ENOTDIR, "check the path: a part of it is not a folder"},
		{ELOOP, "name the file itself: symbolic links are in the way"},
		{ENAMETOOLONG, "use a shorter name"},
		{EIO, "check the disk (dmesg) and run again"},
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
		if (table[i].error == error)
			return table[i].text;
	return "mend that and run again";
}

bool run_fail_system(struct run *run, const char *action, struct text path, int error) {
	path = run_escape(run->arena, path);
	return run_fail(run, "can't %s %.*s: %s; %s", action, TEXT_ARGUMENTS(path), strerror(error), advice(error));
}

bool run_fail_state(struct run *run, const char *action) {
	return run_fail_system(run, action, run->options->state_directory, errno);
}

struct text run_state_path(struct run *run, struct text folder, const char *name) {
	return text_format(run->arena, "%.*s/%.*s%s%s", TEXT_ARGUMENTS(run->options->state_directory),
	                   TEXT_ARGUMENTS(folder), name ? "/" : "", name ? name : "");
}

static int keep_folder(struct run *run, int descriptor, const struct stat *status) {
	struct folder *folder = arena_new(run->arena, struct folder);
	*folder = (struct folder){status->st_dev, status->st_ino, descriptor};
	struct text key = {(const char *)folder, offsetof(struct folder, descriptor)};
	struct folder *kept = map_put(run->arena, &run->folder_of, key, folder);
	if (kept == folder)
		*list_add(run->arena, &run->folders) = folder;
	else
		close(descriptor);
	return kept->descriptor;
}

bool run_open_folder(struct run *run, const struct way *way, int *folder) {
	struct stat status;
	int opened = openat(way->folder, ".", OPEN_FOLDER);
	if (opened < 0 || fstat(opened, &status) < 0)
		return file_close(opened, false);
	*folder = keep_folder(run, opened, &status);
	return true;
}

void run_make_scratch(struct run *run, size_t least) {
	size_t size = least;
	for (size_t i = 0; i < run->patches.count; i++) {
		const struct patch *patch = &run->patches.items[i];
		if (size < patch->before_size)
			size = patch->before_size;
		if (size < patch->after_size)
			size = patch->after_size;
	}
	if (run->scratch_size >= size + 1) return;
	run->scratch_size = size + 1;
	run->scratch = arena_allocate(run->arena, run->scratch_size);
}

void run_close(struct run *run) {
	for (size_t i = 0; i < run->folders.count; i++)
		close(run->folders.items[i]->descriptor);
	run->folders.count = 0;
	run->folder_of = (struct map){0};
	file_close(run->journal, true);
	run->journal = -1;
}

struct apply_outcome run_outcome(const struct run *run, enum apply_result result) {
	return (struct apply_outcome){
		.result = result, .reason = result == APPLY_DONE ? TEXT("") : run->reason,
		.run = result == APPLY_DONE && run->keep ? run->id : TEXT(""), .notes = run->notes,
		.stale = run->stale};
}
