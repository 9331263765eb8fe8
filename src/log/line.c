#include "log/line.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

enum { ROOM = 2 * LOG_LONGEST_LINE };

/* Waits until there is something to read; false when it is time to stop. */
static bool wait_for_more(struct log_reader *reader) {
	struct pollfd ready[2] = {{reader->descriptor, POLLIN, 0}, {reader->stop, POLLIN, 0}};
	while (poll(ready, 2, -1) < 0)
		if (errno != EINTR)
			return true;
	reader->stopped = ready[1].revents != 0;
	return !reader->stopped;
}

static void read_more(struct log_reader *reader) {
	if (reader->start) {
		memmove(reader->room, reader->room + reader->start, reader->end - reader->start);
		reader->end -= reader->start;
		reader->searched -= reader->start;
		reader->start = 0;
	}
	ssize_t count = -1;
	do {
		reader->ended = !reader->eager && !wait_for_more(reader);
		reader->eager = false;
		if (!reader->ended)
			count = read(reader->descriptor, reader->room + reader->end, ROOM - reader->end);
	} while (count < 0 && !reader->ended && (errno == EINTR || errno == EAGAIN));
	if (count > 0) {
		reader->end += (size_t)count;
		return;
	}
	reader->error = count < 0 && !reader->ended ? errno : 0;
	reader->ended = true;
}

static void give(struct log_reader *reader, size_t length, size_t taken, struct log_line *line) {
	line->cut = length > LOG_LONGEST_LINE;
	line->bytes = (struct text){reader->room + reader->start, line->cut ? LOG_LONGEST_LINE : length};
	if (!line->cut && text_ends_with(line->bytes, TEXT("\r")))
		line->bytes.length--;
	reader->start += taken;
	reader->searched = reader->start;
	reader->count++;
}

bool log_read_line(struct log_reader *reader, struct log_line *line) {
	if (!reader->room)
		reader->room = arena_allocate(reader->arena, ROOM);
	for (;;) {
		struct text unsearched = {reader->room + reader->searched, reader->end - reader->searched};
		size_t hit = text_find_byte(unsearched, '\n');
		size_t length = (hit == TEXT_NOT_FOUND ? reader->end : reader->searched + hit) - reader->start;
		if (hit != TEXT_NOT_FOUND && !reader->skipping) {
			give(reader, length, length + 1, line);
			return true;
		}
		if (reader->skipping) {
			reader->start += hit == TEXT_NOT_FOUND ? length : length + 1;
			reader->searched = reader->start;
			reader->skipping = hit == TEXT_NOT_FOUND;
		} else if (length > LOG_LONGEST_LINE || (reader->ended && length)) {
			reader->skipping = !reader->ended;
			give(reader, length, length, line);
			return true;
		} else {
			reader->searched = reader->end;
		}
		if (hit == TEXT_NOT_FOUND && reader->ended) return false;
		if (hit == TEXT_NOT_FOUND)
			read_more(reader);
	}
}
