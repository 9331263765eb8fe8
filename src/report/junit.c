#include "report/by_file.h"
#include "report/notes.h"
#include "report/place.h"
#include "report/xml.h"

/* A file is a suite; what was found in it are its cases, and a file without a fault is one that has passed. */

enum outcome { OUTCOME_PASSED, OUTCOME_FAILURE, OUTCOME_ERROR };

static const char *const elements[] = {[OUTCOME_PASSED] = "system-out", [OUTCOME_FAILURE] = "failure", [OUTCOME_ERROR] = "error"};

/* As the exit status of the run has it. */
static enum outcome outcome_of(const struct report_input *input, const struct diagnostic *diagnostic) {
	if (diagnostic->unread)
		return OUTCOME_ERROR;
	return !input->fail_never && diagnostic->severity >= input->fail_on ? OUTCOME_FAILURE : OUTCOME_PASSED;
}

static size_t count(const struct report_input *input, const struct file_findings *file, enum outcome outcome) {
	size_t sum = 0;
	for (size_t i = 0; i < file->found.count; i++)
		sum += outcome_of(input, file->found.items[i]) == outcome;
	return sum;
}

static void open_case(const struct report_input *input, const struct file_findings *file, struct text name, struct buffer *out) {
	buffer_add_string(out, "<testcase");
	xml_attribute(input->arena, out, "name", name);
	xml_attribute(input->arena, out, "classname", file->path);
	buffer_add_string(out, " time=\"0\"");
}

static void write_case(const struct report_input *input, const struct file_findings *file,
                       const struct diagnostic *diagnostic, struct buffer *out) {
	struct arena *arena = input->arena;
	struct position position = source_position(diagnostic->place.source, diagnostic->place.span.start);
	enum outcome outcome = outcome_of(input, diagnostic);
	open_case(input, file, text_format(arena, "%.*s at %u:%u", TEXT_ARGUMENTS(diagnostic->rule), position.line, position.column),
	          out);
	buffer_format(out, "><%s", elements[outcome]);
	if (outcome != OUTCOME_PASSED) {
		xml_attribute(arena, out, "message", diagnostic->message);
		xml_attribute(arena, out, "type", text_of(severity_name(diagnostic->severity)));
	}
	buffer_add_byte(out, '>');
	xml_text(arena, out, text_format(arena, "%.*s:%u:%u: ", TEXT_ARGUMENTS(file->path), position.line, position.column));
	xml_text(arena, out, notes_with_message(arena, diagnostic));
	buffer_format(out, "</%s></testcase>\n", elements[outcome]);
}

static void write_suite(const struct report_input *input, const struct file_findings *file, struct buffer *out) {
	buffer_add_string(out, "<testsuite");
	xml_attribute(input->arena, out, "name", file->path);
	xml_number(out, "tests", file->found.count ? file->found.count : 1);
	xml_number(out, "failures", count(input, file, OUTCOME_FAILURE));
	xml_number(out, "errors", count(input, file, OUTCOME_ERROR));
	buffer_add_string(out, " time=\"0\">\n");
	for (size_t i = 0; i < file->found.count; i++)
		write_case(input, file, file->found.items[i], out);
	if (!file->found.count) {
		open_case(input, file, TEXT("no faults found"), out);
		buffer_add_string(out, "/>\n");
	}
	buffer_add_string(out, "</testsuite>\n");
}

static void write_junit(const struct report_input *input, struct buffer *out) {
	struct file_findings_list files = by_file(input);
	buffer_add_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"arilint\">\n");
	for (size_t i = 0; i < files.count; i++)
		write_suite(input, files.items[i], out);
	buffer_add_string(out, "</testsuites>\n");
}

const struct report report_junit = {"junit", write_junit};
