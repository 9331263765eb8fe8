#include "evaluate/expression.h"

#include "base/buffer.h"
#include "evaluate/field.h"
#include "evaluate/setting.h"
#include "evaluate/sharing.h"
#include "inventory/peer.h"

static struct value section_key_value(struct context *context, struct text key) {
	const struct subject *subject = &context->subject;
	return value_of_variable(subject->file, subject->section,
	                         subject->group ? file_variable(subject->file, subject->group, key) : NULL);
}

static struct value own_key_value(const struct subject *subject, struct text key) {
	return value_of_variable(subject->file, subject->section, section_variable(subject->file->role, subject->section, key));
}

/* --- references --- */

static void note(struct context *context, const struct reference *reference, const struct list *list) {
	if (context->asked_count < CONTEXT_MOST_ASKED)
		context->asked[context->asked_count++] = (struct asked){reference, list};
}

static struct value base_value(struct context *context, const struct reference *reference) {
	const struct subject *other;
	switch (reference->kind) {
	case REFERENCE_FIELD: return field_value(context, reference->field);
	case REFERENCE_KEY: return section_key_value(context, reference->key);
	case REFERENCE_OWN: return own_key_value(&context->subject, reference->key);
	case REFERENCE_SETTING: return setting_value(context, reference->setting);
	case REFERENCE_GROUP:
		other = reference->previous ? context->previous : context->first;
		if (!other)
			return value_absent(context->subject.file, context->subject.section);
		return reference->key.length ? own_key_value(other, reference->key)
		                             : context_subject_value(context, other);
	}
	return value_absent(context->subject.file, context->subject.section);
}

/* What the pattern's first group finds, one behind the other. */
static void add_found(struct context *context, struct text text, struct text_list *names) {
	const struct selector *selector = context->selector;
	struct arena *arena = context->lint->arena;
	struct pattern *pattern = pattern_of(arena, &context->lint->patterns, selector->pattern, selector->compiled);
	size_t start = 0;
	while (start <= text.length && pattern_match_from(pattern, text, start) == PATTERN_MATCHES) {
		struct span all = pattern_span(pattern, 0), name = pattern_span(pattern, 1);
		if (name.end > name.start)
			*list_add(arena, names) = text_slice(text, name.start, name.end);
		start = all.end > start ? all.end : start + 1;
	}
}

/* A secret is no name: what is suggested from a list is shown. What a pattern finds is what the pack knows to be none. */
static void add_name(struct context *context, void *data) {
	struct text why;
	struct text_list *names = data;
	struct value value = context_subject_value(context, &context->subject);
	if (condition_evaluate(context, context->selector->where, &why) != VERDICT_TRUE || value.state != VALUE_PRESENT)
		return;
	if (context->selector->pattern.length)
		add_found(context, value.text, names);
	else if (!value_is_secret(value))
		*list_add(context->lint->arena, names) = value.text;
}

static const struct text_set *keep_names(struct context *context, const struct list *list, struct file *file,
                                         const struct text_list *names) {
	struct arena *arena = context->lint->arena;
	struct text key = {(const char *)&list, sizeof(list)};
	const struct text_set *set = text_set_make(arena, names);
	map_put(arena, &file->found, text_copy(arena, key), (void *)(uintptr_t)set);
	return set;
}

static void gather(struct context *context, const struct list *list, struct file *file, struct text_list *names) {
	struct context inner = {
		.lint = context->lint, .arena = context->arena, .pack = context->pack, .selector = list->sections};
	context_each(&inner, file, add_name, names);
}

/* From all files that share one of another role with this one. */
static const struct text_set *shared_names(struct context *context, const struct list *list, struct file *file) {
	const struct file_list *files = sharing_files(context, list->sections, file);
	struct text_list names = {0};
	for (size_t i = 0; files && i < files->count; i++)
		if (files->items[i]->group == file->group && !sharing_one_program(file, files->items[i]))
			gather(context, list, files->items[i], &names);
	return keep_names(context, list, file, &names);
}

/* The names are gathered once for each file. */
static const struct text_set *gathered_names(struct context *context, const struct list *list, struct file *file) {
	struct text key = {(const char *)&list, sizeof(list)};
	const struct text_set *known = map_get(&file->found, key);
	struct text_list names = {0};
	if (known)
		return known;
	if (list->sections->sharing)
		return shared_names(context, list, file);
	gather(context, list, file, &names);
	return keep_names(context, list, file, &names);
}

/* Sets the argument to the list's names; false with the reason when they can't be told. */
static bool take_list(struct context *context, const struct list *list, struct argument *argument, struct text *reason) {
	argument->set = list->texts;
	if (!list->sections) return true;
	if (list->sections->sharing) {
		argument->set = gathered_names(context, list, context->subject.file);
		return true;
	}
	struct file *file = peer_of(context->lint, context->subject.file, list->sections->role, context->pack, reason);
	if (!file) return false;
	note(context, NULL, list);
	context_note_file(context, file);
	argument->set = gathered_names(context, list, file);
	return true;
}

const struct text_set *list_names(struct context *context, const struct list *list) {
	struct argument argument;
	struct text reason;
	return take_list(context, list, &argument, &reason) ? argument.set : NULL;
}

static struct value filter_with_argument(struct context *context, const struct value *value, const struct use_of_filter *use) {
	struct argument argument = {.text = use->text, .readers = use->readers};
	argument.compared = &context->lint->compared;
	argument.memory = context->lint->options->in_memory ? &context->lint->sources : NULL;
	struct text reason;
	struct value other = {0};
	if (use->reference) {
		other = reference_value(context, use->reference);
		if (other.state == VALUE_UNKNOWN)
			return other;
		argument.value = &other;
	}
	if (use->list && !take_list(context, use->list, &argument, &reason))
		return value_unknown(reason);
	struct value result = use->filter->apply(context->arena, *value, &argument);
	result.secret = result.secret || (use->reference && value_is_secret(other));
	return result;
}

static struct value filter_value(struct context *context, const struct value *value, const struct use_of_filter *use) {
	static const struct argument none;
	if (value->state == VALUE_UNKNOWN || (value->state == VALUE_ABSENT && !use->filter->takes_absent))
		return *value;
	if (use->filter->of_text && use->filter->argument == ARGUMENT_NONE)
		return use->filter->apply(context->arena, *value, &none);
	return filter_with_argument(context, value, use);
}

static struct value filtered_value(struct context *context, const struct reference *reference) {
	struct value value = base_value(context, reference);
	note(context, reference, NULL);
	size_t last = reference->filters.count - 1;
	for (size_t i = 0; i < last && value.state != VALUE_UNKNOWN; i++)
		value = filter_value(context, &value, &reference->filters.items[i]);
	return filter_value(context, &value, &reference->filters.items[last]);
}

struct value reference_value(struct context *context, const struct reference *reference) {
	if (reference->filters.count)
		return filtered_value(context, reference);
	note(context, reference, NULL);
	return base_value(context, reference);
}

struct value asked_value(struct context *context, size_t index) {
	const struct asked *asked = &context->asked[index];
	struct text reason;
	if (asked->reference)
		return base_value(context, asked->reference);
	return value_absent(peer_of(context->lint, context->subject.file, asked->list->sections->role, context->pack, &reason),
	                    NULL);
}

struct value template_text(struct context *context, const struct template *template, bool as_it_is) {
	struct buffer text = {.arena = context->arena};
	struct value result = value_literal(TEXT(""));
	if (template->parts.count == 1 && !template->parts.items->reference)
		return value_literal(template->parts.items->text);
	if (template->parts.count == 1 && as_it_is)
		return reference_value(context, template->parts.items->reference);
	for (size_t i = 0; i < template->parts.count; i++) {
		const struct template_part *part = &template->parts.items[i];
		buffer_add(&text, part->text);
		if (!part->reference) continue;
		struct value value = reference_value(context, part->reference);
		if (value.state != VALUE_PRESENT)
			return value;
		bool secret = result.secret || value_is_secret(value);
		if (!result.file) {
			result = value_with_fact(value, TEXT(""));
			/* Only a text that is one value alone still stands in that value's statement. */
			result.tie = template->parts.count == 1 ? result.tie : TIE_PLACE;
		}
		result.secret = secret;
		buffer_add(&text, as_it_is ? value.text : value_shown(context->arena, value));
	}
	return value_with_text(result, buffer_text(&text));
}

/* --- conditions --- */

/* Sets what a check gets beside the value; false with the reason when it can't be told. */
static bool take_argument(struct context *context, const struct use_of_check *use, struct value value,
                          struct argument *argument, struct value *other, struct text *reason) {
	*argument = *use->argument;
	if (use->check->looks_at_placeholders) {
		argument->filled_in = context_is_template(context, value.text);
		argument->placeholder = argument->filled_in || context_is_placeholder(context, value.text);
	}
	if (use->check->argument == ARGUMENT_PATTERN)
		argument->pattern = pattern_of(context->lint->arena, &context->lint->patterns, argument->text, argument->compiled);
	if (use->list)
		return take_list(context, use->list, argument, reason);
	if (!use->reference) return true;
	*other = reference_value(context, use->reference);
	argument->value = other;
	if (other->state == VALUE_UNKNOWN)
		*reason = other->text;
	return other->state != VALUE_UNKNOWN;
}

/* A check that gets more than what the pack says. */
static enum verdict check_with_more(struct context *context, const struct use_of_check *use, struct value value, struct text *reason) {
	struct argument argument;
	struct value other;
	if (!take_argument(context, use, value, &argument, &other, reason))
		return VERDICT_UNKNOWN;
	bool holds = use->check->holds(context->arena, value, &argument);
	if (use->check->argument == ARGUMENT_PATTERN && argument.pattern->gave_up) {
		*reason = TEXT("a pattern takes too long to look for in a value");
		return VERDICT_UNKNOWN;
	}
	return holds ? VERDICT_TRUE : VERDICT_FALSE;
}

static enum verdict evaluate_check(struct context *context, const struct condition *condition, struct text *reason) {
	const struct use_of_check *use = &condition->use;
	const struct check *check = use->check;
	struct value value = reference_value(context, condition->reference);
	if (value.state == VALUE_UNKNOWN && !check->takes_unknown) {
		*reason = value.text;
		return VERDICT_UNKNOWN;
	}
	if (value.state == VALUE_ABSENT && !check->takes_absent)
		return VERDICT_FALSE;
	if (use->reference || check->looks_at_placeholders || check->argument == ARGUMENT_PATTERN || (use->list && use->list->sections))
		return check_with_more(context, use, value, reason);
	return check->holds(context->arena, value, use->argument) ? VERDICT_TRUE : VERDICT_FALSE;
}

/* `decisive` settles it at once: false among `all`, true among `any`. */
static enum verdict evaluate_parts(struct context *context, const struct condition *condition, enum verdict decisive,
                                   struct text *reason) {
	enum verdict verdict = decisive == VERDICT_FALSE ? VERDICT_TRUE : VERDICT_FALSE;
	for (size_t i = 0; i < condition->parts.count; i++) {
		const struct condition *inner = &condition->parts.items[i];
		enum verdict part = inner->kind == CONDITION_CHECK ? evaluate_check(context, inner, reason)
		                                                   : condition_evaluate(context, inner, reason);
		if (part == decisive)
			return decisive;
		if (part == VERDICT_UNKNOWN)
			verdict = VERDICT_UNKNOWN;
	}
	return verdict;
}

enum verdict condition_evaluate(struct context *context, const struct condition *condition, struct text *reason) {
	if (!condition)
		return VERDICT_TRUE;
	enum verdict verdict;
	switch (condition->kind) {
	case CONDITION_ALL: return evaluate_parts(context, condition, VERDICT_FALSE, reason);
	case CONDITION_ANY: return evaluate_parts(context, condition, VERDICT_TRUE, reason);
	case CONDITION_NOT:
		verdict = condition_evaluate(context, condition->parts.items, reason);
		return verdict == VERDICT_UNKNOWN ? verdict : verdict == VERDICT_TRUE ? VERDICT_FALSE : VERDICT_TRUE;
	case CONDITION_CHECK: return evaluate_check(context, condition, reason);
	}
	return VERDICT_UNKNOWN;
}
