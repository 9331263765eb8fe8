#include "report/report.h"
#include "report/terminal.h"

/* One line for each diagnostic, for editors, for grep, and for eyes in a hurry. */
static void write_concise(const struct report_input *input, struct buffer *out) {
	for (size_t i = 0; i < input->diagnostics->found.count; i++) {
		const struct diagnostic *diagnostic = &input->diagnostics->found.items[i];
		struct place place = diagnostic->place;
		struct position position = source_position(input->arena, place.source, place.span.start);
		/* A line that begins with "::" is a command to a CI system. */
		if (text_starts_with(place.source->path, TEXT("::")) || text_starts_with(place.source->path, TEXT("#")))
			buffer_add_string(out, "./");
		terminal_add(out, place.source->path);
		buffer_format(out, ":%u:%u: %s[", position.line, position.column, severity_name(diagnostic->severity));
		terminal_add(out, diagnostic->rule);
		terminal_add_between(out, "] ", diagnostic->message, "\n");
	}
}

const struct report report_concise = {"concise", write_concise};
