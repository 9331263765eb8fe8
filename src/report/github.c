#include "report/notes.h"
#include "report/place.h"
#include "report/plain.h"
#include "redact/redact.h"

static const char *const kinds[] = {
	[SEVERITY_INFO] = "notice", [SEVERITY_WARNING] = "warning", [SEVERITY_ERROR] = "error"};

/* A text of one line: what GitHub takes apart is percent-encoded, and in a property what ends one, too. */
static void add_escaped(struct buffer *out, struct text text, const char *signs) {
	for (size_t i = 0; i < text.length; i++) {
		if (text_has_byte(text_of(signs), text.bytes[i]))
			buffer_format(out, "%%%02X", (unsigned char)text.bytes[i]);
		else
			buffer_add_byte(out, text.bytes[i]);
	}
}

static void add_property(const struct report_input *input, const char *name, struct text text, struct buffer *out) {
	buffer_add_string(out, name);
	add_escaped(out, plain_lines(input->arena, text, " "), "%:,");
}

static void add_message(const struct report_input *input, struct text message, struct buffer *out) {
	bool first = true;
	for (buffer_add_string(out, "::"); first || message.length; first = false) {
		buffer_add_string(out, first ? "" : "%0A");
		add_escaped(out, plain_line(input->arena, text_cut(&message, '\n')), "%");
	}
	buffer_add_byte(out, '\n');
}

/* Columns are taken only of places on one line. */
static void add_lines(const struct report_input *input, struct place place, struct buffer *out) {
	struct region region = place_region(place);
	if (place_is_whole_file(place)) return;
	buffer_format(out, ",line=%u,endLine=%u", region.start.line, region.end.line);
	if (region.start.line == region.end.line)
		buffer_format(out, ",col=%u,endColumn=%u", region.start.column, region.end.column);
}

static void write_diagnostic(const struct report_input *input, const struct diagnostic *diagnostic, struct buffer *out) {
	buffer_format(out, "::%s ", kinds[diagnostic->severity]);
	add_property(input, "title=", diagnostic->rule, out);
	add_property(input, ",file=", place_path(diagnostic->place), out);
	add_lines(input, diagnostic->place, out);
	add_message(input, redact_output(input->arena, notes_with_message(input->arena, diagnostic)), out);
}

/* Annotations of a pull request: GitHub takes them from the log of a step. Of a text in them none begins a line, and so none
 * can be a command. */
static void write_github(const struct report_input *input, struct buffer *out) {
	for (size_t i = 0; i < input->diagnostics->found.count; i++)
		write_diagnostic(input, &input->diagnostics->found.items[i], out);
	for (size_t i = 0; i < input->change_count; i++) {
		add_property(input, "::notice title=changed,file=", input->changes[i].path, out);
		add_message(input, text_join(input->arena, TEXT("mended: "), input->changes[i].rules), out);
	}
}

const struct report report_github = {"github", write_github};
