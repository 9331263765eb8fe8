#include "report/plain.h"

#include "redact/redact.h"
#include "report/terminal.h"

struct text plain_line(struct arena *arena, struct text line) {
	struct buffer out = {.arena = arena};
	terminal_add(&out, redact_output(arena, line));
	return buffer_text(&out);
}

struct text plain_lines(struct arena *arena, struct text text, const char *feed) {
	struct buffer out = {.arena = arena};
	text = redact_output(arena, text);
	for (bool first = true; first || text.length; first = false) {
		buffer_add_string(&out, first ? "" : feed);
		terminal_add(&out, text_cut(&text, '\n'));
	}
	return buffer_text(&out);
}
