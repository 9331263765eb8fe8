#include "command/explain.h"

#include "json/write.h"
#include "report/terminal.h"

static bool is_wanted(const struct section *section, const struct variable *variable, struct text key) {
	if (text_equal_ignoring_case(variable->name, key)) return true;
	size_t section_length = section->name.length;
	return key.length > section_length && key.bytes[section_length] == '.' &&
	       text_equal_ignoring_case(text_slice(key, 0, section_length), section->name) &&
	       text_equal_ignoring_case(text_from(key, section_length + 1), variable->name);
}

static void write_step(struct buffer *out, const char *step) { buffer_format(out, "    %s\n", step); }

/* Words of the file that no terminal obeys and that hold no secret. */
static void write_words(const struct shown *shown, const char *before, struct text words, const char *behind,
                        struct buffer *out) {
	terminal_add_between(out, before, shown_words(shown, words), behind);
}

static void write_comment_steps(const struct entry *entry, struct buffer *out) {
	struct span comment = entry->comment;
	if (comment.start == comment.end) return;
	char sign = entry->source->bytes.bytes[comment.start];
	if (comment.start == entry->value.end)
		buffer_format(out, "    cut at `%c`: it starts a comment, with no blank before it\n", sign);
	else
		buffer_format(out, "    cut at `%c`: it starts a comment\n", sign);
}

static void write_steps(const struct shown *shown, const struct view *view, const struct variable *variable, struct buffer *out) {
	const struct entry *entry = variable->entry;
	struct text raw = source_slice(entry->source, entry->value);
	write_comment_steps(entry, out);
	if (entry->quote)
		buffer_format(out, "    quotes %c removed\n", entry->quote);
	else if (!entry->appends && !text_equal(raw, entry->content))
		write_step(out, "comments or backslashes inside it removed");
	if (entry->appends)
		write_step(out, "appended by += to the value before it");
	else if (!variable->absent && !text_equal(entry->content, variable->value))
		write_step(out, "expanded, or joined with other values");
	if (variable->inherited && entry->header)
		write_words(shown, "    inherited from [", entry->header->name, "]\n", out);
	else if (variable->inherited)
		write_step(out, "inherited from a template");
	if (view->sources.count && entry->source != view->sources.items[0])
		write_words(shown, "    in a file that ", view->sources.items[0]->path, " includes\n", out);
}

static void write_variable(const struct shown *shown, const struct view *view, const struct section *section,
                           const struct variable *variable, struct buffer *out) {
	const struct entry *entry = variable->entry;
	if (entry) {
		struct position position = source_position(entry->source, entry->value.start);
		write_words(shown, "", entry->source->path, "", out);
		buffer_format(out, ":%u:%u: ", position.line, position.column);
	}
	if (section->header)
		write_words(shown, "[", section->name, "] ", out);
	write_words(shown, "", variable->name, " = ", out);
	if (variable->absent)
		buffer_add_string(out, "(no value)");
	else
		json_string(out, shown_value(shown, variable));
	buffer_add_byte(out, '\n');
	if (entry)
		write_steps(shown, view, variable, out);
}

void explain_write(const struct shown *shown, const struct view *view, struct text key, struct buffer *out) {
	size_t found = 0;
	if (!view->ok)
		write_words(shown, "The program refuses this file: ", view->error, "\n", out);
	for (size_t i = 0; i < view->sections.count; i++) {
		const struct section *section = view->sections.items[i];
		for (size_t j = 0; j < section->variables.count; j++)
			if (is_wanted(section, &section->variables.items[j], key)) {
				write_variable(shown, view, section, &section->variables.items[j], out);
				found++;
			}
	}
	if (!found)
		write_words(shown, "No value of ", key, " is seen.\n", out);
}
