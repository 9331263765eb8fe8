#include "report/by_file.h"
#include "report/notes.h"
#include "report/place.h"
#include "report/xml.h"

static void write_error(const struct report_input *input, const struct diagnostic *diagnostic, struct buffer *out) {
	struct position position = source_position(diagnostic->place.source, diagnostic->place.span.start);
	buffer_add_string(out, "<error");
	xml_number(out, "line", position.line);
	xml_number(out, "column", position.column);
	xml_attribute(input->arena, out, "severity", text_of(severity_name(diagnostic->severity)));
	xml_attribute(input->arena, out, "message", notes_with_message(input->arena, diagnostic));
	xml_attribute(input->arena, out, "source", diagnostic->rule);
	buffer_add_string(out, "/>\n");
}

/* What Checkstyle writes, and Jenkins and many others read. */
static void write_checkstyle(const struct report_input *input, struct buffer *out) {
	struct file_findings_list files = by_file(input);
	buffer_add_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"8.0\">\n");
	for (size_t i = 0; i < files.count; i++) {
		buffer_add_string(out, "<file");
		xml_attribute(input->arena, out, "name", files.items[i]->path);
		buffer_add_string(out, ">\n");
		for (size_t j = 0; j < files.items[i]->found.count; j++)
			write_error(input, files.items[i]->found.items[j], out);
		buffer_add_string(out, "</file>\n");
	}
	buffer_add_string(out, "</checkstyle>\n");
}

const struct report report_checkstyle = {"checkstyle", write_checkstyle};
