#include "report/frame.h"
#include "report/notes.h"
#include "report/place.h"
#include "report/report.h"
#include "report/summary.h"
#include "report/terminal.h"

enum { WIDTH_WITHOUT_TERMINAL = 120, NARROWEST = 40 };

static const char *const severity_colours[] = {
	[SEVERITY_INFO] = COLOUR_BOLD_BLUE,
	[SEVERITY_WARNING] = COLOUR_BOLD_YELLOW,
	[SEVERITY_ERROR] = COLOUR_BOLD_RED,
};

/* The text behind the main place's marks. */
static struct text own_label(const struct diagnostic *diagnostic) {
	for (size_t i = 0; i < diagnostic->labels.count && i < PLACE_MOST_LABELS; i++)
		if (place_is_same(diagnostic->labels.items[i].place, diagnostic->place))
			return diagnostic->labels.items[i].message;
	return TEXT("");
}

static size_t count_digits(struct place place) {
	size_t digits = 1;
	for (uint32_t line = source_position(place.source, place.span.start).line; line >= 10; line /= 10)
		digits++;
	return digits;
}

static size_t find_gutter(const struct diagnostic *diagnostic) {
	size_t gutter = count_digits(diagnostic->place);
	for (size_t i = 0; i < diagnostic->labels.count && i < PLACE_MOST_LABELS; i++) {
		size_t digits = count_digits(diagnostic->labels.items[i].place);
		gutter = digits > gutter ? digits : gutter;
	}
	return gutter;
}

static void write_location(const struct frame *frame, const char *arrow, struct place place, struct buffer *out) {
	buffer_add_repeated(out, ' ', frame->gutter);
	terminal_add_between(out, arrow, place.source->path, "");
	if (place_is_whole_file(place)) return;
	struct position position = source_position(place.source, place.span.start);
	buffer_format(out, ":%u:%u", position.line, position.column);
}

static void write_place(const struct frame *frame, struct place place, char mark, struct text label, struct buffer *out) {
	write_location(frame, mark == '^' ? "--> " : "::: ", place, out);
	if (place_is_whole_file(place) && label.length)
		terminal_add_between(out, ": ", label, "");
	buffer_add_byte(out, '\n');
	if (place_is_whole_file(place)) return;
	frame_write_bar(frame, out);
	frame_write(frame, place, mark, label, out);
}

static void write_labels(const struct frame *frame, const struct diagnostic *diagnostic, struct buffer *out) {
	struct place last = diagnostic->place;
	for (size_t i = 0; i < diagnostic->labels.count && i < PLACE_MOST_LABELS; i++) {
		const struct label *label = &diagnostic->labels.items[i];
		if (place_is_same(label->place, diagnostic->place)) continue;
		if (!place_is_whole_file(last))
			frame_write_bar(frame, out);
		write_place(frame, label->place, '-', label->message, out);
		last = label->place;
	}
}

/* Adds " = name: text"; further lines of the text are indented. Without text, nothing. */
static void write_note(const struct frame *frame, const char *name, struct text note, struct buffer *out) {
	note = text_trim(note, " \t\r\n");
	if (!note.length) return;
	buffer_add_repeated(out, ' ', frame->gutter + 1);
	buffer_format(out, "= %s: ", name);
	terminal_add_between(out, "", text_cut(&note, '\n'), "\n");
	while (note.length) {
		buffer_add_repeated(out, ' ', frame->gutter + 3);
		terminal_add_between(out, "", text_cut(&note, '\n'), "\n");
	}
}

static void write_notes(const struct frame *frame, const struct diagnostic *diagnostic, struct buffer *out) {
	if (diagnostic->labels.count > PLACE_MOST_LABELS) {
		size_t more = diagnostic->labels.count - PLACE_MOST_LABELS;
		write_note(frame, "also", text_format(frame->arena, "%zu more places", more), out);
	}
	struct note_list notes = notes_of(frame->arena, diagnostic);
	for (size_t i = 0; i < notes.count; i++)
		write_note(frame, notes.items[i].name, notes.items[i].text, out);
}

static void write_diagnostic(const struct report_input *input, const struct diagnostic *diagnostic, struct buffer *out) {
	size_t width = input->width ? input->width : WIDTH_WITHOUT_TERMINAL;
	const struct frame frame = {
		.arena = input->arena,
		.gutter = find_gutter(diagnostic),
		.width = width < NARROWEST ? NARROWEST : width,
		.colour = input->colour,
		.paint = severity_colours[diagnostic->severity],
	};
	terminal_paint(out, input->colour, frame.paint);
	buffer_add_string(out, severity_name(diagnostic->severity));
	terminal_unpaint(out, input->colour);
	terminal_add_between(out, "[", diagnostic->rule, "]: ");
	terminal_add_between(out, "", diagnostic->message, "\n");
	write_place(&frame, diagnostic->place, '^', own_label(diagnostic), out);
	write_labels(&frame, diagnostic, out);
	write_notes(&frame, diagnostic, out);
	buffer_add_byte(out, '\n');
}

/* For people: each diagnostic with the lines it is about, then a summary. */
static void write_text(const struct report_input *input, struct buffer *out) {
	for (size_t i = 0; i < input->diagnostics->found.count; i++)
		write_diagnostic(input, &input->diagnostics->found.items[i], out);
	summary_write(input, out);
}

const struct report report_text = {"text", write_text, .takes_lines = true};
