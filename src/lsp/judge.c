#include "lsp/judge.h"

#include "evaluate/expression.h"
#include "evaluate/setting.h"

bool judge_names_key(const struct condition *condition) {
	if (!condition) return false;
	if (condition->kind == CONDITION_CHECK)
		return condition->reference->kind == REFERENCE_FIELD && condition->reference->field == FIELD_key &&
		       condition->use.check->is_among;
	bool any = condition->kind == CONDITION_ANY, named = any && condition->parts.count;
	for (size_t i = 0; i < condition->parts.count && condition->kind != CONDITION_NOT; i++) {
		bool part = judge_names_key(&condition->parts.items[i]);
		named = any ? named && part : named || part;
	}
	return named;
}

bool judge_enter_place(struct context *context, const struct selector *selector, const struct subject *subject) {
	struct text doubt = TEXT("");
	for (size_t i = 0; i < selector->settings.count; i++) {
		context->subject = (struct subject){.file = subject->file};
		const struct match_list *matches = setting_matches(context, selector->settings.items[i], subject->file, &doubt);
		for (size_t j = 0; matches && j < matches->count; j++)
			if (matches->items[j].variable == subject->variable) {
				context->subject = match_subject(&matches->items[j], subject->file);
				return true;
			}
	}
	return false;
}

bool judge_looks_at(struct context *context, const struct selector *selector, const struct subject *subject) {
	struct text reason;
	if (selector->kind == SUBJECT_SETTING)
		return role_holds(subject->file->role, selector->role) && judge_enter_place(context, selector, subject) &&
		       condition_evaluate(context, selector->where, &reason) != VERDICT_FALSE;
	if (selector->kind != SUBJECT_KEY || selector->role != subject->file->role || !judge_names_key(selector->where)) return false;
	context->subject = *subject;
	return condition_evaluate(context, selector->where, &reason) == VERDICT_TRUE;
}

struct judge_list judges_of(struct lint *lint, struct arena *arena, const struct subject *subject) {
	const struct rule_choice_list *choices = &lint->options->choices;
	struct judge_list judges = {0};
	for (size_t i = 0; i < choices->count; i++) {
		const struct rule_choice *choice = &choices->items[i];
		if (!choice->pack || !choice->enabled) continue;
		struct context context = {.lint = lint, .arena = arena, .pack = choice->pack, .selector = choice->rule->selector};
		if (judge_looks_at(&context, choice->rule->selector, subject))
			*list_add(arena, &judges) = choice->rule;
	}
	return judges;
}

const struct meaning *judge_meaning(struct lint *lint, struct arena *arena, const struct subject *subject) {
	const struct pack_list *packs = &lint->options->packs;
	for (size_t i = 0; i < packs->count; i++)
		for (size_t j = 0; j < packs->items[i]->meanings.count; j++) {
			const struct meaning *meaning = packs->items[i]->meanings.items[j];
			struct context context = {.lint = lint, .arena = arena, .pack = packs->items[i], .selector = meaning->selector};
			if (judge_looks_at(&context, meaning->selector, subject)) return meaning;
		}
	return NULL;
}
