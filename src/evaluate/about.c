#include "evaluate/about.h"

#include "evaluate/expression.h"

const struct subject *about_keep(const struct context *context) {
	struct subject *subject = arena_new(context->lint->arena, struct subject);
	*subject = context->subject;
	return subject;
}

static const struct rule_choice *choice_of(const struct lint *lint, struct text rule) {
	for (size_t i = 0; i < lint->options->choices.count; i++)
		if (lint->options->choices.items[i].pack && text_equal(lint->options->choices.items[i].rule->id, rule))
			return &lint->options->choices.items[i];
	return NULL;
}

struct value about_value(struct lint *lint, const struct diagnostic *finding, const struct reference *reference) {
	const struct rule_choice *choice = choice_of(lint, finding->rule);
	if (!finding->subject || !choice || (reference->kind == REFERENCE_FIELD && !finding->subject->variable))
		return value_unknown(TEXT(""));
	struct context context = {.lint = lint, .arena = lint->arena, .pack = choice->pack, .selector = choice->rule->selector,
	                          .subject = *finding->subject};
	return reference_value(&context, reference);
}
