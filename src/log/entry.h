/* One line of a log, taken apart: what stands before its message, whoever put it there, and the message. */
#pragma once

#include "base/text.h"

struct log_entry {
	struct text line;    /* without what colours it; of JSON what it says */
	struct text message; /* the end of `line`, behind times, names of programs, levels, ... */
	struct text time;    /* as the line spells it; may be empty */
	bool of_asterisk;    /* Asterisk wrote it: a level and a source file stand before the message */
};

/* Knows the prefixes of pm2, docker, systemd's journal, syslog and Asterisk, alone or one behind another, ANSI colours, and
 * lines of JSON. The texts lie in `bytes` or in the arena. */
struct log_entry log_entry_read(struct arena *arena, struct text bytes);
