#include "evaluate/setting.h"

#include "base/buffer.h"
#include "evaluate/expression.h"
#include "evaluate/known.h"
#include "evaluate/match.h"
#include "inventory/peer.h"
#include "inventory/published.h"
#include "reach/layer.h"

static const struct section_group *group_of(struct context *context, const struct setting *setting, struct file *file,
                                            struct value *section) {
	*section = setting->section ? template_text(context, setting->section, true) : value_literal(TEXT(""));
	if (section->state != VALUE_PRESENT) return NULL;
	return setting->any_case ? file_group_any_case(file, section->text, setting->last_alike)
	                         : file_group(file, section->text);
}

/* Others than the rule's own questions are asked from elsewhere; and what they ask in turn is not what the rule has asked. */
struct standpoint {
	const struct selector *selector;
	struct subject subject;
	size_t asked_count, other_count;
};

static struct standpoint leave(const struct context *context) {
	return (struct standpoint){context->selector, context->subject, context->asked_count, context->other_count};
}

static void come_back(struct context *context, const struct standpoint *to) {
	context->selector = to->selector;
	context->subject = to->subject;
	context->asked_count = to->asked_count;
	context->other_count = to->other_count;
}

/* Whether what was found by fallback_keys is the setting's, as its file sees it. */
static enum verdict may_fall_back(struct context *context, const struct setting *setting, struct file *file,
                                  const struct matches *matches, struct text *doubt) {
	if (!setting->fallback_when || !matches->fallback || !matches->list.count)
		return VERDICT_TRUE;
	struct standpoint before = leave(context);
	context->subject = (struct subject){.file = file};
	enum verdict verdict = condition_evaluate(context, setting->fallback_when, doubt);
	come_back(context, &before);
	return verdict;
}

const struct match_list *setting_matches(struct context *context, const struct setting *setting, struct file *file,
                                         struct text *doubt) {
	struct value section;
	const struct section_group *group = group_of(context, setting, file, &section);
	if (!group) return NULL;
	const struct matches *matches = matches_find(context->lint, setting, file, group);
	struct text reason = TEXT("");
	enum verdict verdict = may_fall_back(context, setting, file, matches, &reason);
	if (verdict == VERDICT_UNKNOWN)
		*doubt = reason;
	return verdict == VERDICT_FALSE ? NULL : &matches->list;
}

struct subject match_subject(const struct match *match, struct file *file) {
	return (struct subject){.file = file, .section = match->group->first, .group = match->group,
	                        .variable = match->variable, .account = match->account};
}

/* Of several matches those of the subject's account. */
static struct chosen choice_for(const struct context *context, const struct matches *matches) {
	if (matches->list.count < 2 || !(context->selector->kind & (SUBJECT_SETTING | SUBJECT_ANSWER)) ||
	    !context->subject.variable)
		return matches->any;
	const struct chosen *choice = map_get(&matches->by_account, context->subject.account);
	return choice ? *choice : (struct chosen){NULL, false};
}

static struct text several_text(struct context *context, const struct setting *setting, const struct file *file) {
	return text_format(context->arena, "several keys of %.*s could be meant by %.*s",
	                   TEXT_ARGUMENTS(file->source->path), TEXT_ARGUMENTS(setting->name));
}

static struct value found_value(struct context *context, const struct setting *setting, struct file *file,
                                const struct section_group *group) {
	if (!setting->keys.globs.count)
		return value_of_section(file, group->first);
	struct text doubt = TEXT("");
	const struct matches *matches = matches_find(context->lint, setting, file, group);
	enum verdict fallback = may_fall_back(context, setting, file, matches, &doubt);
	struct chosen choice = choice_for(context, matches);
	if (fallback == VERDICT_UNKNOWN)
		return value_unknown(doubt);
	if (fallback == VERDICT_FALSE)
		return value_absent(file, group->first);
	if (choice.several)
		return value_unknown(several_text(context, setting, file));
	if (!choice.match && group->first->lacking)
		return value_unknown(*group->first->lacking);
	return value_of_variable(file, group->first, choice.match ? choice.match->variable : NULL);
}

static struct value composed_value(struct context *context, const struct setting *setting) {
	struct value value = value_absent(context->subject.file, NULL);
	for (size_t i = 0; i < setting->texts.count; i++) {
		value = template_text(context, &setting->texts.items[i], true);
		if (value.state != VALUE_ABSENT)
			return value;
	}
	return value;
}

static struct value value_in_file(struct context *context, const struct setting *setting, struct file *file) {
	struct value section;
	const struct section_group *group = group_of(context, setting, file, &section);
	if (section.state == VALUE_UNKNOWN)
		return section;
	return group ? found_value(context, setting, file, group) : value_absent(file, NULL);
}

static struct value decided_value(struct context *context, const struct setting *setting) {
	struct standpoint before = leave(context);
	struct value value = setting->undecided.length ? value_unknown(setting->undecided)
	                                               : value_absent(context->subject.file, NULL);
	struct text reason;
	for (size_t i = 0; i < setting->cases.count; i++)
		if (condition_evaluate(context, setting->cases.items[i].when, &reason) == VERDICT_TRUE) {
			value = template_text(context, setting->cases.items[i].is, true);
			break;
		}
	come_back(context, &before);
	return value;
}

/* Whether the subject is a place of the setting itself. */
static bool is_place(struct context *context, const struct setting *setting) {
	const struct subject *subject = &context->subject;
	struct text doubt = TEXT("");
	if (!(context->selector->kind & (SUBJECT_SETTING | SUBJECT_ANSWER)) || !subject->variable ||
	    subject->file->role != setting->role)
		return false;
	const struct match_list *matches = setting_matches(context, setting, subject->file, &doubt);
	for (size_t i = 0; matches && !doubt.length && i < matches->count; i++)
		if (matches->items[i].variable == subject->variable)
			return true;
	return false;
}

static bool is_place_of(struct context *context, const struct selector *of) {
	for (size_t i = 0; i < of->settings.count; i++)
		if (is_place(context, of->settings.items[i]))
			return true;
	return false;
}

/* The place that is meant in a file, of the first of the settings that has one there; none with the reason when it can't be
 * told. */
static struct chosen choose_place(struct context *context, const struct selector *of, struct file *file, struct text *reason) {
	struct chosen choice = {NULL, false};
	struct value section;
	for (size_t i = 0; i < of->settings.count && !choice.match && !reason->length; i++) {
		const struct setting *setting = of->settings.items[i];
		const struct match_list *matches = setting_matches(context, setting, file, reason);
		const struct section_group *group = matches ? group_of(context, setting, file, &section) : NULL;
		if (!group || !matches->count) continue;
		choice = choice_for(context, matches_find(context->lint, setting, file, group));
		if (choice.several)
			*reason = several_text(context, setting, file);
	}
	return choice;
}

/* Makes that place the subject, in the uppermost layer that has one; false with the reason when it can't be told. */
static bool enter_place(struct context *context, const struct selector *of, struct text *reason) {
	struct file *file = peer_of(context->lint, context->subject.file, of->role, context->pack, reason);
	const struct file_list *layers = file ? layers_of(context->lint, file) : NULL;
	struct chosen choice = {NULL, false};
	if (!file) return false;
	*reason = TEXT("");
	for (size_t i = 0; layers && !choice.match && !reason->length && i < layers->count; i++)
		choice = choose_place(context, of, layers->items[i], reason);
	if (!layers)
		choice = choose_place(context, of, file, reason);
	if (reason->length) return false;
	context->selector = of;
	context->subject = choice.match ? match_subject(choice.match, file) : (struct subject){.file = file};
	return true;
}

/* Of the subject, where it is such a place itself; else of the one that is meant as seen from there. */
static struct value value_of_place(struct context *context, const struct setting *setting) {
	struct standpoint before = leave(context);
	struct text reason = TEXT("");
	bool here = is_place_of(context, setting->of);
	if (here)
		context->selector = setting->of;
	struct value value = here || enter_place(context, setting->of, &reason) ? composed_value(context, setting)
	                                                                        : value_unknown(reason);
	come_back(context, &before);
	if (value.state == VALUE_PRESENT && value.file)
		context_note_file(context, value.file);
	return value;
}

/* The machine's ports that lead to one of a container. */
static struct value published_value(struct context *context, const struct setting *setting) {
	struct value port = reference_value(context, setting->published);
	if (port.state != VALUE_PRESENT)
		return port;
	struct text reason = TEXT("it is not known whose port it is"), ports = TEXT("");
	if (!port.file || !published_as(context->lint, port.file, port.text, &ports, &reason))
		return value_unknown(reason);
	return ports.length ? value_with_fact(port, ports) : value_absent(port.file, port.section);
}

static struct value find_value(struct context *context, const struct setting *setting) {
	struct text reason = TEXT("");
	if (setting->cases.count)
		return decided_value(context, setting);
	if (setting->published)
		return published_value(context, setting);
	if (setting->of)
		return value_of_place(context, setting);
	if (!setting->role)
		return composed_value(context, setting);
	if (is_place(context, setting))
		return context_subject_value(context, &context->subject);
	struct file *file = peer_of(context->lint, context->subject.file, setting->role, context->pack, &reason);
	if (!file)
		return value_unknown(reason);
	const struct file_list *layers = layers_of(context->lint, file);
	struct value value = value_in_file(context, setting, layers ? layers->items[0] : file);
	for (size_t i = 1; layers && value.state == VALUE_ABSENT && i < layers->count; i++)
		value = value_in_file(context, setting, layers->items[i]);
	if (value.state == VALUE_ABSENT && layers)
		value.file = file;
	if (value.state == VALUE_ABSENT && setting->has_default)
		value = value_with_fact(value, setting->default_text);
	if (value.state == VALUE_PRESENT)
		context_note_file(context, value.file);
	return value;
}

struct value setting_value(struct context *context, const struct setting *setting) {
	struct value value;
	if (known_take(context, setting, &value))
		return value;
	struct context asking = *context;
	asking.asked_count = asking.other_count = 0;
	value = find_value(&asking, setting);
	known_keep(context, setting, &asking, value);
	return value;
}
