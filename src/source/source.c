#include "source/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "base/file.h"

struct text source_slice(const struct source *source, struct span span) {
	return text_slice(source->bytes, span.start, span.end);
}

/* Where the line behind the next line end begins, seen from an offset; TEXT_NOT_FOUND without one. */
static size_t next_line(struct text bytes, size_t at) {
	size_t feed = text_find_byte(text_from(bytes, at), '\n');
	return feed == TEXT_NOT_FOUND ? feed : at + feed + 1;
}

static void find_lines(struct source *source) {
	size_t count = 1, line = 0;
	struct text bytes = source->bytes;
	for (size_t at = 0; (at = next_line(bytes, at)) != TEXT_NOT_FOUND;)
		count++;
	source->line_starts = arena_array(source->arena, uint32_t, count + 1);
	source->line_count = (uint32_t)count;
	for (size_t at = 0; (at = next_line(bytes, at)) != TEXT_NOT_FOUND;)
		source->line_starts[++line] = (uint32_t)at;
	source->line_starts[count] = (uint32_t)bytes.length;
}

/* Index (0-based) of the line that holds the offset. */
static uint32_t line_index(struct source *source, uint32_t offset) {
	if (!source->line_starts)
		find_lines(source);
	uint32_t low = 0, high = source->line_count;
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (source->line_starts[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

struct position source_position(struct source *source, uint32_t offset) {
	uint32_t line = line_index(source, offset);
	uint32_t column = 1;
	size_t at = source->line_starts[line];
	while (at < offset && at < source->bytes.length) {
		size_t step = text_utf8_length(source->bytes.bytes + at, source->bytes.length - at);
		at += step ? step : 1;
		if (at <= offset)
			column++;
	}
	return (struct position){line + 1, column};
}

struct span source_line(struct source *source, uint32_t line) {
	uint32_t end_of_file = (uint32_t)source->bytes.length;
	if (!source->line_starts)
		find_lines(source);
	if (line == 0 || line > source->line_count)
		return (struct span){end_of_file, end_of_file};
	struct span span = {source->line_starts[line - 1], source->line_starts[line]};
	const char *bytes = source->bytes.bytes;
	if (span.end > span.start && bytes[span.end - 1] == '\n')
		span.end--;
	if (span.end > span.start && bytes[span.end - 1] == '\r')
		span.end--;
	return span;
}

struct source *source_from_text(struct arena *arena, struct text path, struct text bytes) {
	struct source *source = arena_new(arena, struct source);
	source->arena = arena;
	source->path = path;
	source->bytes = bytes;
	return source;
}

struct source *source_in_place_of(struct arena *arena, struct text path, struct text bytes) {
	struct source *source = source_from_text(arena, path, bytes);
	if (stat(text_string(arena, path), &source->status) < 0)
		memset(&source->status, 0, sizeof(source->status));
	return source;
}

static struct text too_large(struct arena *arena) {
	return text_format(arena, "is larger than %zu MiB, the most that is read; name a smaller file, or leave it out",
	                   SOURCE_LARGEST >> 20);
}

static struct text describe_error(struct arena *arena, int error) {
	switch (error) {
	case ENOENT: return TEXT("does not exist; check the path");
	case EACCES:
	case EPERM:
		return TEXT("can't be read: permission denied; run as a user who may read it");
	case ELOOP: return TEXT("can't be read: its symbolic links lead in a circle; check where they lead");
	case ENOTDIR: return TEXT("does not exist: a part of its path is not a folder; check the path");
	default: return text_format(arena, "can't be read: %s; name another file, or leave it out", strerror(error));
	}
}

static struct text describe_kind(mode_t mode) {
	if (S_ISDIR(mode))
		return TEXT("is a folder, not a file; name a file in it");
	if (S_ISFIFO(mode))
		return TEXT("is a FIFO, not a regular file, and might never end; pass it on as standard input (`-`)");
	if (S_ISSOCK(mode))
		return TEXT("is a socket, not a regular file; name a regular file");
	return TEXT("is a device, not a regular file, and might never end; name a regular file");
}

int source_open_again(int place, const char *path) {
	enum { FLAGS = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY };
	char name[32];
	snprintf(name, sizeof(name), "/proc/self/fd/%d", place);
	int descriptor = open(name, FLAGS);
	return descriptor < 0 && errno == ENOENT ? open(path, FLAGS) : descriptor;
}

static struct text read_regular(struct arena *arena, struct source *source, int descriptor) {
	if (fstat(descriptor, &source->status) < 0)
		return describe_error(arena, errno);
	if (!S_ISREG(source->status.st_mode))
		return describe_kind(source->status.st_mode);
	if (source->status.st_size > (off_t)SOURCE_LARGEST)
		return too_large(arena);
	if (!file_read_all(arena, descriptor, (size_t)source->status.st_size, SOURCE_LARGEST, &source->bytes))
		return errno == EFBIG ? too_large(arena) : describe_error(arena, errno);
	return TEXT("");
}

struct source *source_read(struct arena *arena, struct text path, struct text *fault) {
	struct source *source = source_from_text(arena, path, TEXT(""));
	const char *name = text_string(arena, path);
	/* To open a device is to use it, and a FIFO may hang: what it is is looked at before. */
	int place = open(name, O_PATH | O_CLOEXEC), descriptor = -1;
	if (place < 0 || fstat(place, &source->status) < 0)
		*fault = describe_error(arena, errno);
	else if (!S_ISREG(source->status.st_mode))
		*fault = describe_kind(source->status.st_mode);
	else if ((descriptor = source_open_again(place, name)) < 0)
		*fault = describe_error(arena, errno);
	else
		*fault = read_regular(arena, source, descriptor);
	if (fault->length)
		source->bytes = TEXT("");
	file_close(place, true);
	file_close(descriptor, true);
	return source;
}

struct source *source_read_standard_input(struct arena *arena, struct text *fault) {
	struct source *source = source_from_text(arena, TEXT("-"), TEXT(""));
	*fault = TEXT("");
	if (!file_read_all(arena, STDIN_FILENO, 0, SOURCE_LARGEST, &source->bytes)) {
		*fault = errno == EFBIG ? too_large(arena) : describe_error(arena, errno);
		source->bytes = TEXT("");
	}
	return source;
}

static bool is_in_memory(const struct source_list *memory, struct text path) {
	for (size_t i = 0; i < memory->count; i++)
		if (text_equal(memory->items[i]->path, path))
			return true;
	return false;
}

static bool is_on_disk(struct arena *arena, struct text path) {
	struct stat status;
	return !stat(text_string(arena, path), &status) && S_ISREG(status.st_mode);
}

bool source_is_there(struct arena *arena, const struct source *source, struct text path, const struct source_list *memory) {
	return memory ? is_in_memory(memory, path) : source->status.st_ino && is_on_disk(arena, path);
}

struct text source_beside(struct arena *arena, const struct source *source, struct text name,
                          const struct source_list *memory) {
	struct text path = text_join(arena, path_prefix(source->path), name);
	return source_is_there(arena, source, path, memory) ? path : TEXT("");
}
