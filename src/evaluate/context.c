#include "evaluate/context.h"

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

void context_each(struct context *context, struct file *file, visitor *visit, void *data) {
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

bool context_is_placeholder(const struct context *context, struct text text) {
	return text_set_matches(context->arena, context->pack->placeholders, text);
}

bool context_is_template(const struct context *context, struct text text) {
	return text_set_matches(context->arena, context->pack->templates, text);
}

void context_note_file(struct context *context, struct file *file) {
	/* A layer of the same settings is nothing to compare with. */
	bool known = file->role == context->subject.file->role || context->other_count == CONTEXT_MOST_OTHERS;
	for (size_t i = 0; !known && i < context->other_count; i++)
		known = context->others[i] == file;
	if (!known)
		context->others[context->other_count++] = file;
}
