#include "report/report.h"

/* Writes U+0080 to U+009F as escapes from `start` on: JSON allows them as they are, but a terminal obeys them. */
static void escape_controls(struct arena *arena, size_t start, struct buffer *out)
{
	struct text string = text_copy(arena, text_from(buffer_text(out), start));
	size_t done = 0;
	out->length = start;
	for (size_t at = 0; at + 1 < string.length; at++) {
		unsigned char next = (unsigned char)string.bytes[at + 1];
		if (string.bytes[at] != '\xc2' || next >= 0xa0)
			continue;
		buffer_add(out, text_slice(string, done, at));
		buffer_format(out, "\\u%04x", next);
		done = at + 2;
	}
	buffer_add(out, text_from(string, done));
}

void report_add_json(struct arena *arena, struct text text, struct buffer *out)
{
	size_t start = out->length;
	buffer_add_json(out, text);
	if (text_find_byte(text, '\xc2') != TEXT_NOT_FOUND)
		escape_controls(arena, start, out);
}

static void add_string(const struct report_input *input, struct text text, struct buffer *out)
{
	report_add_json(input->arena, text, out);
}

static void add_member(const struct report_input *input, const char *name, struct text value, struct buffer *out)
{
	buffer_format(out, ", \"%s\": ", name);
	add_string(input, value, out);
}

static void add_member_unless_empty(const struct report_input *input, const char *name, struct text value,
                                    struct buffer *out)
{
	if (value.length)
		add_member(input, name, value, out);
}

static void add_start(const struct report_input *input, struct place place, struct buffer *out)
{
	struct position position = source_position(input->arena, place.source, place.span.start);
	buffer_add_string(out, "\"path\": ");
	add_string(input, place.source->path, out);
	buffer_format(out, ", \"line\": %u, \"column\": %u", position.line, position.column);
}

static void add_labels(const struct report_input *input, const struct diagnostic *diagnostic, struct buffer *out)
{
	buffer_add_string(out, ", \"labels\": [");
	for (size_t i = 0; i < diagnostic->labels.count; i++) {
		const struct label *label = &diagnostic->labels.items[i];
		buffer_add_string(out, i ? ", {" : "{");
		add_start(input, label->place, out);
		add_member(input, "message", label->message, out);
		buffer_add_byte(out, '}');
	}
	buffer_add_byte(out, ']');
}

static void add_edit(const struct report_input *input, const struct edit *edit, struct buffer *out)
{
	buffer_add_string(out, "{\"path\": ");
	add_string(input, edit->source->path, out);
	buffer_format(out, ", \"start\": %u, \"end\": %u", edit->span.start, edit->span.end);
	if (edit->secret)
		buffer_add_string(out, ", \"secret\": true");
	else
		add_member(input, "text", edit->replacement, out);
	buffer_add_byte(out, '}');
}

static void add_fix(const struct report_input *input, const struct fix *fix, struct buffer *out)
{
	if (!fix) {
		buffer_add_string(out, ", \"fix\": null");
		return;
	}
	buffer_format(out, ", \"fix\": {\"safety\": \"%s\"", safety_name(fix->safety));
	add_member(input, "title", fix->title, out);
	add_member_unless_empty(input, "withheld", fix->withheld, out);
	buffer_add_string(out, ", \"edits\": [");
	for (size_t i = 0; i < fix->edits.count; i++) {
		buffer_add_string(out, i ? ", " : "");
		add_edit(input, &fix->edits.items[i], out);
	}
	buffer_add_string(out, "]}");
}

static void add_diagnostic(const struct report_input *input, const struct diagnostic *diagnostic, struct buffer *out)
{
	struct source *source = diagnostic->place.source;
	struct position end = source_position(input->arena, source, diagnostic->place.span.end);
	buffer_add_string(out, "{\"rule\": ");
	add_string(input, diagnostic->rule, out);
	buffer_format(out, ", \"severity\": \"%s\"", severity_name(diagnostic->severity));
	if (diagnostic->effect.length)
		add_member(input, "effect", diagnostic->effect, out);
	else
		buffer_add_string(out, ", \"effect\": null");
	buffer_add_string(out, ", ");
	add_start(input, diagnostic->place, out);
	buffer_format(out, ", \"end_line\": %u, \"end_column\": %u", end.line, end.column);
	add_member(input, "message", diagnostic->message, out);
	add_member_unless_empty(input, "why", diagnostic->why, out);
	add_member_unless_empty(input, "help", diagnostic->help, out);
	add_member_unless_empty(input, "targets", diagnostic->targets, out);
	add_labels(input, diagnostic, out);
	add_fix(input, diagnostic->fix, out);
	buffer_add_byte(out, '}');
}

static void add_files(const struct report_input *input, struct buffer *out)
{
	buffer_add_string(out, ",\n\"files\": [");
	for (size_t i = 0; i < input->file_count; i++) {
		buffer_add_string(out, i ? ",\n{\"path\": " : "\n{\"path\": ");
		add_string(input, input->files[i].path, out);
		add_member(input, "role", input->files[i].role, out);
		buffer_add_byte(out, '}');
	}
	buffer_add_string(out, "]");
}

static void add_diagnostics(const struct report_input *input, struct buffer *out)
{
	buffer_add_string(out, ",\n\"diagnostics\": [");
	for (size_t i = 0; i < input->diagnostics->found.count; i++) {
		buffer_add_string(out, i ? ",\n" : "\n");
		add_diagnostic(input, &input->diagnostics->found.items[i], out);
	}
	buffer_add_string(out, "]");
}

static void add_not_evaluated(const struct report_input *input, struct buffer *out)
{
	buffer_add_string(out, ",\n\"not_evaluated\": [");
	for (size_t i = 0; i < input->diagnostics->skipped.count; i++) {
		const struct not_evaluated *skipped = &input->diagnostics->skipped.items[i];
		buffer_add_string(out, i ? ",\n{\"rule\": " : "\n{\"rule\": ");
		add_string(input, skipped->rule, out);
		add_member(input, "reason", skipped->reason, out);
		buffer_add_byte(out, '}');
	}
	buffer_add_string(out, "]");
}

static void add_pending(const struct report_input *input, struct buffer *out)
{
	for (size_t i = 0; i < input->pending_count; i++) {
		const struct report_pending *pending = &input->pending[i];
		buffer_add_string(out, i ? ",\n{\"run\": " : ",\n\"pending\": [\n{\"run\": ");
		add_string(input, pending->run, out);
		add_member(input, "time", pending->time, out);
		buffer_add_string(out, ", \"handlers\": [");
		for (size_t j = 0; j < pending->handlers->count; j++) {
			buffer_add_string(out, j ? ", " : "");
			add_string(input, pending->handlers->items[j], out);
		}
		buffer_add_string(out, "]}");
	}
	buffer_add_string(out, input->pending_count ? "]" : "");
}

static void add_steps(const struct report_input *input, struct buffer *out)
{
	if (!input->steps)
		return;
	buffer_add_string(out, ",\n\"handlers\": [");
	for (size_t i = 0; i < input->steps->count; i++) {
		const struct report_step *step = &input->steps->items[i];
		buffer_add_string(out, i ? ",\n{\"name\": " : "\n{\"name\": ");
		add_string(input, step->name, out);
		buffer_format(out, ", \"succeeded\": %s", step->succeeded ? "true" : "false");
		add_member_unless_empty(input, "reason", step->reason, out);
		buffer_add_byte(out, '}');
	}
	buffer_add_string(out, "],\n\"state\": ");
	add_string(input, input->state, out);
}

/* For programs: the shape is public. Always valid JSON in UTF-8, one diagnostic a line. */
static void write_json(const struct report_input *input, struct buffer *out)
{
	buffer_add_string(out, "{\"version\": ");
	add_string(input, text_of(input->version), out);
	add_files(input, out);
	add_diagnostics(input, out);
	add_not_evaluated(input, out);
	add_pending(input, out);
	add_steps(input, out);
	buffer_format(out, ",\n\"summary\": {\"error\": %zu, \"warning\": %zu, \"info\": %zu, \"fixed\": %zu}}\n",
	              diagnostics_count(input->diagnostics, SEVERITY_ERROR),
	              diagnostics_count(input->diagnostics, SEVERITY_WARNING),
	              diagnostics_count(input->diagnostics, SEVERITY_INFO), input->fixed);
}

const struct report report_json = {"json", write_json};
