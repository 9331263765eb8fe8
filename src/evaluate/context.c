#include "evaluate/context.h"

#include "base/buffer.h"
#include "evaluate/field.h"
#include "evaluate/setting.h"
#include "inventory/peer.h"
#include "reader/fault.h"

/* --- the things of a file --- */

static void visit_keys(struct context *context, void (*visit)(struct context *context, void *data), void *data)
{
	const struct section *section = context->thing.section;
	for (size_t i = 0; i < section->variables.count; i++) {
		context->thing.variable = &section->variables.items[i];
		visit(context, data);
	}
}

void context_enter_section(struct context *context, struct file *file, uint32_t number)
{
	context->thing.file = file;
	context->thing.section = file->view->sections.items[number];
	context->thing.section_number = number;
	context->thing.group = file->lookup->group_of[number];
	context->thing.variable = NULL;
}

static void visit_sections(struct context *context, struct file *file,
                           void (*visit)(struct context *context, void *data), void *data)
{
	for (uint32_t i = 0; i < file->view->sections.count; i++) {
		context_enter_section(context, file, i);
		context->seen_count = 0;
		if (context->look->kind == THING_SECTION)
			visit(context, data);
		else if (!context->thing.section->template)
			visit_keys(context, visit, data);
	}
}

static void visit_matches(struct context *context, struct file *file, void (*visit)(struct context *context, void *data),
                          void *data)
{
	context->thing = (struct thing){.file = file};
	const struct match_list *matches = setting_matches(context, context->look->setting, file);
	for (size_t i = 0; matches && i < matches->count; i++) {
		const struct match *match = &matches->items[i];
		context->thing = (struct thing){.file = file, .section = match->group->first, .group = match->group};
		context->thing.variable = match->variable;
		context->thing.account = match->account;
		visit(context, data);
	}
}

/* Statements stand in the order of the file; an included file's stand among them. */
static void visit_lines(struct context *context, struct file *file, void (*visit)(struct context *context, void *data),
                        void *data)
{
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
		context->thing = (struct thing){.file = file, .line = {start, end}};
		context->thing.continued = here && here->lines.start < start;
		context->thing.goes_on = here && here->lines.start < end && here->lines.end > end;
		context->thing.line.end -= feed != TEXT_NOT_FOUND;
		if (context->thing.line.end > start && source->bytes.bytes[context->thing.line.end - 1] == '\r')
			context->thing.line.end--;
		context->seen_count = 0;
		visit(context, data);
	}
}

void context_each(struct context *context, struct file *file, void (*visit)(struct context *context, void *data),
                void *data)
{
	switch (context->look->kind) {
	case THING_SECTION:
	case THING_KEY: visit_sections(context, file, visit, data); break;
	case THING_SETTING: visit_matches(context, file, visit, data); break;
	case THING_ANSWER: break;
	case THING_FILE:
		context->thing = (struct thing){.file = file};
		visit(context, data);
		break;
	case THING_LINE: visit_lines(context, file, visit, data); break;
	case THING_FAULT:
		for (size_t i = 0; i < file->view->faults.count; i++) {
			context->thing = (struct thing){.file = file, .fault = &file->view->faults.items[i]};
			visit(context, data);
		}
		break;
	}
}

/* --- values --- */

struct value context_thing_value(struct context *context, const struct thing *thing)
{
	if (thing->variable)
		return value_of_variable(thing->file, thing->section, thing->variable);
	if (thing->section)
		return value_of_section(thing->file, thing->section);
	struct value value = value_of_file(thing->file);
	if (context->look->kind == THING_FAULT)
		value.place = thing->fault->place;
	if (context->look->kind == THING_LINE) {
		value.text = source_slice(thing->file->source, thing->line);
		value.place.span = thing->line;
		value.secret = thing->file->role->secret;
	}
	return value;
}

static struct value section_key_value(struct context *context, struct text key)
{
	const struct thing *thing = &context->thing;
	const struct variable *variable = thing->group ? file_variable(thing->file, thing->group, key) : NULL;
	return variable ? value_of_variable(thing->file, thing->section, variable)
	                : value_absent(thing->file, thing->section);
}

static struct value own_key_value(const struct thing *thing, struct text key)
{
	const struct variable *variable = section_variable(thing->file->role, thing->section, key);
	return variable ? value_of_variable(thing->file, thing->section, variable)
	                : value_absent(thing->file, thing->section);
}

bool context_is_placeholder(struct context *context, struct text text)
{
	return text_set_matches(context->arena, context->pack->placeholders, text);
}

bool context_is_template(struct context *context, struct text text)
{
	return text_set_matches(context->arena, context->pack->templates, text);
}

static void note(struct context *context, const struct reference *reference, const struct list *list)
{
	if (context->seen_count < CONTEXT_MOST_SEEN)
		context->seen[context->seen_count++] = (struct seen){reference, list};
}

/* Sections and keys of one file ask for the same settings again and again. What is kept must not live in memory that is
 * taken back after each thing. */
static const struct value *kept_value(struct context *context, const struct setting *setting)
{
	if (!setting->of_file || !setting->role || !(context->look->kind & (THING_KEY | THING_SECTION)))
		return NULL;
	if (context->kept_for != context->thing.file)
		context->kept_count = 0;
	context->kept_for = context->thing.file;
	for (size_t i = 0; i < context->kept_count; i++)
		if (context->kept[i].setting == setting)
			return &context->kept[i].value;
	if (context->kept_count == CONTEXT_MOST_KEPT)
		return NULL;
	struct value value = setting_value(context, setting);
	if (value.state == VALUE_UNKNOWN)
		return NULL;
	context->kept[context->kept_count] = (struct kept_setting){setting, value};
	return &context->kept[context->kept_count++].value;
}

static struct value base_value(struct context *context, const struct reference *reference)
{
	const struct thing *other;
	const struct value *kept;
	switch (reference->kind) {
	case REFERENCE_FIELD: return context_field(context, reference->field);
	case REFERENCE_KEY: return section_key_value(context, reference->key);
	case REFERENCE_OWN: return own_key_value(&context->thing, reference->key);
	case REFERENCE_SETTING:
		kept = kept_value(context, reference->setting);
		return kept ? *kept : setting_value(context, reference->setting);
	case REFERENCE_GROUP:
		other = reference->previous ? context->previous : context->first;
		if (!other)
			return value_absent(context->thing.file, context->thing.section);
		return reference->key.length ? own_key_value(other, reference->key) : context_thing_value(context, other);
	}
	return value_absent(context->thing.file, context->thing.section);
}

/* A secret is no name: what is suggested from a list is shown. */
static void add_name(struct context *context, void *data)
{
	struct text why;
	struct text_set *names = data;
	struct value value = context_thing_value(context, &context->thing);
	if (context_judge(context, context->look->where, &why) != VERDICT_TRUE || value.state != VALUE_PRESENT ||
	    value_is_secret(value))
		return;
	*list_add(context->lint->arena, &names->texts) = value.text;
}

/* The names are gathered once for each file. */
static struct text_set *gathered_names(struct context *context, const struct list *list, struct file *file)
{
	struct arena *arena = context->lint->arena;
	struct text key = {(const char *)&list, sizeof(list)};
	struct text_set *names = map_get(&file->found, key);
	if (names)
		return names;
	names = text_set_new(arena);
	map_put(arena, &file->found, text_copy(arena, key), names);
	struct context inner = {.lint = context->lint, .arena = context->arena, .pack = context->pack, .look = list->sections};
	context_each(&inner, file, add_name, names);
	return names;
}

/* Sets the argument to the list's names; false with the reason when they can't be told. */
static bool take_list(struct context *context, const struct list *list, struct argument *argument, struct text *reason)
{
	argument->set = list->texts;
	if (!list->sections)
		return true;
	struct file *file = peer_of(context->lint, context->thing.file, list->sections->role, reason);
	if (!file)
		return false;
	note(context, NULL, list);
	argument->set = gathered_names(context, list, file);
	return true;
}

static struct value filter_value(struct context *context, struct value value, const struct use_of_filter *use)
{
	struct argument argument = {.text = use->text, .readers = use->readers};
	argument.memory = context->lint->options->in_memory ? &context->lint->sources : NULL;
	struct text reason;
	if (value.state == VALUE_ABSENT && !use->filter->takes_absent)
		return value;
	struct value other = {0};
	if (use->reference) {
		other = context_value(context, use->reference);
		if (other.state == VALUE_UNKNOWN)
			return other;
		argument.value = &other;
	}
	if (use->list && !take_list(context, use->list, &argument, &reason))
		return value_unknown(reason);
	struct value result = use->filter->apply(context->arena, value, &argument);
	result.secret = result.secret || (use->reference && value_is_secret(other));
	return result;
}

struct value context_value(struct context *context, const struct reference *reference)
{
	struct value value = base_value(context, reference);
	note(context, reference, NULL);
	for (size_t i = 0; i < reference->filter_count && value.state != VALUE_UNKNOWN; i++)
		value = filter_value(context, value, &reference->filters[i]);
	return value;
}

struct value context_seen(struct context *context, size_t index)
{
	const struct seen *seen = &context->seen[index];
	struct text reason;
	if (seen->reference)
		return base_value(context, seen->reference);
	return value_absent(peer_of(context->lint, context->thing.file, seen->list->sections->role, &reason), NULL);
}

struct value context_text(struct context *context, const struct template *template, bool as_it_is)
{
	struct buffer text = {.arena = context->arena};
	struct value result = value_literal(TEXT(""));
	if (template->count == 1 && !template->parts->reference)
		return value_literal(template->parts->text);
	if (template->count == 1 && as_it_is)
		return context_value(context, template->parts->reference);
	for (size_t i = 0; i < template->count; i++) {
		const struct template_part *part = &template->parts[i];
		buffer_add(&text, part->text);
		if (!part->reference)
			continue;
		struct value value = context_value(context, part->reference);
		if (value.state != VALUE_PRESENT)
			return value;
		if (!result.file) {
			result.file = value.file;
			result.place = value.place;
			result.section = value.section;
			/* Only a text that is one value alone still stands in that value's statement. */
			result.entry = template->count == 1 ? value.entry : NULL;
		}
		result.secret = result.secret || value_is_secret(value);
		buffer_add(&text, as_it_is ? value.text : value_shown(context->arena, value));
	}
	return value_with_text(result, buffer_text(&text));
}

/* --- conditions --- */

/* The text of a plain reference, without all that a value carries; false where only the value will do. Most conditions are
 * about names and keys, and most things fail them: this is where the time goes. */
static bool plain_text(struct context *context, const struct reference *reference, struct text *text, bool *present)
{
	const struct thing *thing = &context->thing;
	if (reference->kind == REFERENCE_FIELD) {
		if (!context_field_text(context, reference->field, text, present))
			return false;
	} else if (reference->kind == REFERENCE_SETTING) {
		const struct value *kept = kept_value(context, reference->setting);
		if (!kept)
			return false;
		*present = kept->state == VALUE_PRESENT;
		*text = kept->text;
	} else {
		const struct variable *variable =
			reference->kind == REFERENCE_OWN ? section_variable(thing->file->role, thing->section, reference->key)
			: thing->group                   ? file_variable(thing->file, thing->group, reference->key)
											 : NULL;
		*present = variable && !variable->absent;
		*text = *present ? variable->value : TEXT("");
	}
	note(context, reference, NULL);
	for (size_t i = 0; i < reference->filter_count; i++)
		if (reference->filters[i].filter->apply_text)
			reference->filters[i].filter->apply_text(text, present, reference->filters[i].text);
	return true;
}

/* Judges what texts alone decide; false where only values will do. */
static bool judge_texts(struct context *context, const struct condition *condition, enum verdict *verdict)
{
	const struct use_of_check *use = &condition->use;
	const struct reference *reference = condition->reference;
	struct text text, other;
	bool present, other_present, holds;
	if (!plain_text(context, reference, &text, &present))
		return false;
	if (use->reference) {
		if (!plain_text(context, use->reference, &other, &other_present))
			return false;
		holds = present && other_present &&
		        use->check->holds_texts(text, reference->lowered, other, use->reference->lowered);
	} else {
		holds = present ? use->check->holds_text(text, &use->argument, reference->lowered)
		                : use->check->takes_absent && use->check->holds_absent(&use->argument);
	}
	*verdict = holds ? VERDICT_TRUE : VERDICT_FALSE;
	return true;
}

static enum verdict judge_values(struct context *context, const struct condition *condition, struct text *reason)
{
	const struct use_of_check *use = &condition->use;
	struct argument argument = use->argument;
	struct value value = context_value(context, condition->reference);
	if (value.state == VALUE_UNKNOWN && !use->check->takes_unknown) {
		*reason = value.text;
		return VERDICT_UNKNOWN;
	}
	if (value.state == VALUE_ABSENT && !use->check->takes_absent)
		return VERDICT_FALSE;
	if (use->check->looks_at_placeholders)
		value.placeholder = context_is_placeholder(context, value.text) || context_is_template(context, value.text);
	struct value other;
	if (use->reference) {
		other = context_value(context, use->reference);
		if (other.state == VALUE_UNKNOWN) {
			*reason = other.text;
			return VERDICT_UNKNOWN;
		}
		argument.value = &other;
	}
	if (use->list && !take_list(context, use->list, &argument, reason))
		return VERDICT_UNKNOWN;
	return use->check->holds(context->arena, value, &argument) ? VERDICT_TRUE : VERDICT_FALSE;
}

static enum verdict judge_check(struct context *context, const struct condition *condition, struct text *reason)
{
	enum verdict verdict;
	if (condition->by_text && judge_texts(context, condition, &verdict))
		return verdict;
	return judge_values(context, condition, reason);
}

/* `decisive` settles it at once: false among `all`, true among `any`. */
static enum verdict judge_parts(struct context *context, const struct condition *condition, enum verdict decisive,
                                struct text *reason)
{
	enum verdict verdict = decisive == VERDICT_FALSE ? VERDICT_TRUE : VERDICT_FALSE;
	for (size_t i = 0; i < condition->count; i++) {
		const struct condition *inner = &condition->parts[i];
		enum verdict part = inner->kind == CONDITION_CHECK ? judge_check(context, inner, reason)
		                                                   : context_judge(context, inner, reason);
		if (part == decisive)
			return decisive;
		if (part == VERDICT_UNKNOWN)
			verdict = VERDICT_UNKNOWN;
	}
	return verdict;
}

enum verdict context_judge(struct context *context, const struct condition *condition, struct text *reason)
{
	if (!condition)
		return VERDICT_TRUE;
	enum verdict verdict;
	switch (condition->kind) {
	case CONDITION_ALL: return judge_parts(context, condition, VERDICT_FALSE, reason);
	case CONDITION_ANY: return judge_parts(context, condition, VERDICT_TRUE, reason);
	case CONDITION_NOT:
		verdict = context_judge(context, condition->parts, reason);
		return verdict == VERDICT_UNKNOWN ? verdict : verdict == VERDICT_TRUE ? VERDICT_FALSE : VERDICT_TRUE;
	case CONDITION_CHECK: return judge_check(context, condition, reason);
	}
	return VERDICT_UNKNOWN;
}
