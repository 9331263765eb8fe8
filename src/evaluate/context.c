#include "evaluate/context.h"

void context_enter_section(struct context *context, struct file *file, uint32_t number)
{
	context->thing.file = file;
	context->thing.section = file->view->sections.items[number];
	context->thing.section_number = number;
	context->thing.group = file->group_of[number];
	context->thing.variable = NULL;
}

static void visit_keys(struct context *context, visitor *visit, void *data)
{
	const struct section *section = context->thing.section;
	for (size_t i = 0; i < section->variables.count; i++) {
		context->thing.variable = &section->variables.items[i];
		visit(context, data);
	}
}

void context_each(struct context *context, struct file *file, visitor *visit, void *data)
{
	for (uint32_t i = 0; i < file->view->sections.count; i++) {
		context_enter_section(context, file, i);
		if (context->selector->kind == THING_SECTION)
			visit(context, data);
		else if (!context->thing.section->template)
			visit_keys(context, visit, data);
	}
}

struct value context_thing_value(const struct context *context, const struct thing *thing)
{
	if (thing->variable)
		return value_of_variable(thing->file, thing->section, thing->variable);
	if (thing->section)
		return value_of_section(thing->file, thing->section);
	struct value value = value_of_file(thing->file);
	if (context->selector->kind == THING_FAULT) {
		value.at = AT_FAULT;
		value.fault = thing->fault;
	}
	if (context->selector->kind == THING_LINE) {
		value.text = source_slice(thing->file->source, thing->line);
		value.at = AT_SPAN;
		value.span = thing->line;
		value.secret = thing->file->role->secret;
	}
	return value;
}

bool context_is_placeholder(const struct context *context, struct text text)
{
	return text_set_matches(context->arena, context->pack->placeholders, text);
}

bool context_is_template(const struct context *context, struct text text)
{
	return text_set_matches(context->arena, context->pack->templates, text);
}
