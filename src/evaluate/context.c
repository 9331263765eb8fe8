#include "evaluate/context.h"

enum { SHORTEST_MASK = 3 };

void context_enter_section(struct context *context, struct file *file, uint32_t number) {
	context->subject.file = file;
	context->subject.section = file->view->sections.items[number];
	context->subject.section_number = number;
	context->subject.group = file->group_of[number];
	context->subject.variable = NULL;
}

static void visit_keys(struct context *context, visitor *visit, void *data) {
	const struct section *section = context->subject.section;
	for (size_t i = 0; i < section->variables.count; i++) {
		context->subject.variable = &section->variables.items[i];
		visit(context, data);
	}
}

/* Statements stand in the order of the file; an included file's stand among them. */
static void visit_lines(struct context *context, struct file *file, visitor *visit, void *data) {
	struct source *source = file->source;
	const struct view *view = file->view;
	size_t entry = 0;
	uint32_t end;
	for (uint32_t start = 0; start < source->bytes.length; start = end) {
		size_t feed = text_find_byte(text_from(source->bytes, start), '\n');
		end = feed == TEXT_NOT_FOUND ? (uint32_t)source->bytes.length : start + (uint32_t)feed + 1;
		while (entry < view->entries.count &&
		       (view->entries.items[entry]->source != source || view->entries.items[entry]->lines.end <= start))
			entry++;
		const struct entry *here = entry < view->entries.count ? view->entries.items[entry] : NULL;
		context->subject = (struct subject){.file = file, .line = {start, end}};
		context->subject.continued = here && here->lines.start < start;
		context->subject.goes_on = here && here->lines.start < end && here->lines.end > end;
		context->subject.line.end -= feed != TEXT_NOT_FOUND;
		if (context->subject.line.end > start && source->bytes.bytes[context->subject.line.end - 1] == '\r')
			context->subject.line.end--;
		visit(context, data);
	}
}

void context_each(struct context *context, struct file *file, visitor *visit, void *data) {
	if (context->selector->kind == SUBJECT_LINE) {
		visit_lines(context, file, visit, data);
		return;
	}
	for (uint32_t i = 0; i < file->view->sections.count; i++) {
		context_enter_section(context, file, i);
		if (context->selector->kind == SUBJECT_SECTION)
			visit(context, data);
		else if (!context->subject.section->template)
			visit_keys(context, visit, data);
	}
}

struct value context_subject_value(const struct context *context, const struct subject *subject) {
	if (subject->variable)
		return value_of_variable(subject->file, subject->section, subject->variable);
	if (subject->section)
		return value_of_section(subject->file, subject->section);
	struct value value = value_of_file(subject->file);
	if (context->selector->kind == SUBJECT_FAULT) {
		value.at = AT_FAULT;
		value.fault = subject->fault;
	}
	if (context->selector->kind == SUBJECT_LINE) {
		value.text = source_slice(subject->file->source, subject->line);
		value.at = AT_SPAN;
		value.span = subject->line;
		value.secret = subject->file->role->secret;
	}
	return value;
}

/* `********`: what a program shows in a value's place. */
static bool is_mask(struct text text) {
	size_t same = 0;
	while (same < text.length && text.bytes[same] == text.bytes[0])
		same++;
	return same >= SHORTEST_MASK && same == text.length && !text_is_word_byte(text.bytes[0]) && (unsigned char)text.bytes[0] < 0x80;
}

bool context_is_placeholder(const struct context *context, struct text text) {
	return is_mask(text) || text_set_matches(context->arena, context->pack->placeholders, text);
}

bool context_is_template(const struct context *context, struct text text) {
	return text_set_matches(context->arena, context->pack->templates, text);
}

void context_note_file(struct context *context, struct file *file) {
	bool known = context->other_count == CONTEXT_MOST_OTHERS;
	for (size_t i = 0; !known && i < context->other_count; i++)
		known = context->others[i] == file;
	if (!known)
		context->others[context->other_count++] = file;
}
