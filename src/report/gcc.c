#include "report/place.h"
#include "report/plain.h"
#include "report/report.h"
#include "report/terminal.h"

static const char *const kinds[] = {[SEVERITY_INFO] = "note", [SEVERITY_WARNING] = "warning", [SEVERITY_ERROR] = "error"};

static void write_line(const struct report_input *input, struct place place, const char *kind, struct text message,
                       struct buffer *out) {
	struct position position = source_position(place.source, place.span.start);
	terminal_add(out, place_path_in_line(input->arena, place));
	buffer_format(out, ":%u:%u: %s: ", position.line, position.column, kind);
	buffer_add(out, plain_lines(input->arena, message, " "));
}

/* As compilers tell it, for all that takes their messages apart. */
static void write_gcc(const struct report_input *input, struct buffer *out) {
	for (size_t i = 0; i < input->diagnostics->found.count; i++) {
		const struct diagnostic *diagnostic = &input->diagnostics->found.items[i];
		write_line(input, diagnostic->place, kinds[diagnostic->severity], diagnostic->message, out);
		terminal_add_between(out, " [", diagnostic->rule, "]\n");
		for (size_t j = 0; j < diagnostic->labels.count && j < PLACE_MOST_LABELS; j++) {
			const struct label *label = &diagnostic->labels.items[j];
			if (place_is_same(label->place, diagnostic->place)) continue;
			write_line(input, label->place, kinds[SEVERITY_INFO], label->message, out);
			buffer_add_byte(out, '\n');
		}
	}
}

const struct report report_gcc = {"gcc", write_gcc, .takes_lines = true};
