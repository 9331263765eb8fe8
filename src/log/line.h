/* Lines of a log, one by one, in constant memory: of a file, however large, or of a stream that goes on and on. */
#pragma once

#include "base/text.h"

/* The longest line that is looked at whole; of a longer one only so many bytes are. */
enum { LOG_LONGEST_LINE = 64 * 1024 };

struct log_line {
	struct text bytes;   /* without its line end; valid until the next line is read */
	bool cut;            /* it went on */
};

/* Zero-initialise, and set the first three. */
struct log_reader {
	struct arena *arena;
	int descriptor;
	int stop;            /* readable once reading is to end (a signalfd); -1: never */
	bool eager;          /* the first read does not wait: a FIFO to which nobody writes would never be ready, and is at its end */
	uint64_t count;      /* lines read so far: the number of the last one */
	int error;           /* errno of what ended the reading; 0: the log's end, or `stop` */
	bool stopped;
	char *room;
	size_t start, end;   /* what has been read and not given away yet */
	size_t searched;     /* up to here there is no line end */
	bool skipping;       /* the rest of a line that was cut is still to come */
	bool ended;
};

/* Gives the next line; waits for one where the log is a stream. False at its end, on a fault and when it is stopped. */
bool log_read_line(struct log_reader *reader, struct log_line *line);
