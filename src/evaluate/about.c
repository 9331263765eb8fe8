#include "evaluate/about.h"

#include "evaluate/expression.h"
#include "rule/load_reference.h"

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

/* Whether such a subject has all that the reference asks of it. */
static bool is_of(const struct reference *reference, const struct subject *subject, enum subject_kind kind) {
	bool ok = reference->kind == REFERENCE_SETTING ||
	          (reference->kind == REFERENCE_FIELD && field_rows[reference->field].subjects & kind) ||
	          ((reference->kind == REFERENCE_KEY || reference->kind == REFERENCE_OWN) && subject->section);
	for (size_t i = 0; ok && i < reference->filters.count; i++) {
		const struct reference *other = reference->filters.items[i].reference;
		ok = !other || is_of(other, subject, kind);
	}
	return ok;
}

struct value about_value(struct lint *lint, const struct diagnostic *finding, const struct reference *reference) {
	const struct rule_choice *choice = choice_of(lint, finding->rule);
	if (!finding->subject || !choice || !is_of(reference, finding->subject, choice->rule->selector->kind))
		return value_unknown(TEXT(""));
	struct context context = {.lint = lint, .arena = lint->arena, .pack = choice->pack, .selector = choice->rule->selector,
	                          .subject = *finding->subject};
	return reference_value(&context, reference);
}
