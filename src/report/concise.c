#include "report/place.h"
#include "report/report.h"
#include "report/terminal.h"

/* One line for each diagnostic, for editors, for grep, and for eyes in a hurry. */
static void write_concise(const struct report_input *input, struct buffer *out) {
	for (size_t i = 0; i < input->diagnostics->found.count; i++) {
		const struct diagnostic *diagnostic = &input->diagnostics->found.items[i];
		struct place place = diagnostic->place;
		struct position position = source_position(place.source, place.span.start);
		terminal_add(out, place_path_in_line(input->arena, place));
		buffer_format(out, ":%u:%u: %s[", position.line, position.column, severity_name(diagnostic->severity));
		terminal_add(out, diagnostic->rule);
		terminal_add_between(out, "] ", diagnostic->message, "\n");
	}
}

const struct report report_concise = {"concise", write_concise, .takes_lines = true};
