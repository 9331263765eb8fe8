#include "report/markup.h"
#include "report/notes.h"
#include "report/place.h"
#include "report/summary.h"

static void write_place(const struct report_input *input, struct place place, struct buffer *out) {
	struct position position = source_position(place.source, place.span.start);
	struct text path = place_path(place);
	markup_add_code(input->arena, out, place_is_whole_file(place)
		? path : text_format(input->arena, "%.*s:%u:%u", TEXT_ARGUMENTS(path), position.line, position.column));
}

static void write_row(const struct report_input *input, const struct diagnostic *diagnostic, struct buffer *out) {
	struct note_list notes = notes_of(input->arena, diagnostic);
	buffer_format(out, "| %s | ", severity_name(diagnostic->severity));
	write_place(input, diagnostic->place, out);
	buffer_add_string(out, " | ");
	markup_add_code(input->arena, out, diagnostic->rule);
	buffer_add_string(out, " | ");
	markup_add_code(input->arena, out, diagnostic->message);
	for (size_t i = 0; i < notes.count; i++) {
		buffer_format(out, "<br>%s: ", notes.items[i].name);
		markup_add_code(input->arena, out, notes.items[i].text);
	}
	buffer_add_string(out, " |\n");
}

static void write_changes(const struct report_input *input, struct buffer *out) {
	for (size_t i = 0; i < input->change_count; i++) {
		buffer_add_string(out, i ? "- " : "\nChanged:\n\n- ");
		markup_add_code(input->arena, out, input->changes[i].path);
		buffer_add_string(out, " (");
		markup_add_code(input->arena, out, input->changes[i].rules);
		buffer_add_string(out, ")\n");
	}
}

/* The words of the summary are the same as in the report for people. */
static void write_summary(const struct report_input *input, struct buffer *out) {
	struct buffer words = {.arena = input->arena};
	summary_write(input, &words);
	struct text rest = buffer_text(&words);
	while (rest.length) {
		buffer_add_string(out, "\n");
		markup_add_code(input->arena, out, text_trim(text_cut(&rest, '\n'), " "));
		buffer_add_string(out, "\n");
	}
}

/* For a comment below a merge request, or the summary of a job. */
static void write_markdown(const struct report_input *input, struct buffer *out) {
	buffer_add_string(out, "### arilint\n");
	if (input->diagnostics->found.count)
		buffer_add_string(out, "\n| | place | rule | fault |\n|---|---|---|---|\n");
	for (size_t i = 0; i < input->diagnostics->found.count; i++)
		write_row(input, &input->diagnostics->found.items[i], out);
	write_changes(input, out);
	write_summary(input, out);
}

const struct report report_markdown = {"markdown", write_markdown};
