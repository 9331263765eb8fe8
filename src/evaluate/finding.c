#include "evaluate/finding.h"

#include "base/buffer.h"
#include "evaluate/about.h"
#include "evaluate/reach.h"
#include "reach/standing.h"

/* Where two files differ and one is an example, or where both sides are placeholders, nothing is wrong yet. */
static bool is_provisional(struct context *context) {
	bool several_files = false, unfinished = context->subject.file->example;
	bool here = false, there = false;
	for (size_t i = 0; i < context->asked_count; i++) {
		struct value value = asked_value(context, i);
		if (!value.file) continue;
		bool other_file = value.file != context->subject.file;
		bool written = value.state == VALUE_PRESENT && value_entry(value);
		bool placeholder = written && context_is_placeholder(context, value.text);
		several_files = several_files || other_file;
		unfinished = unfinished || value.file->example;
		here = here || (placeholder && !other_file);
		there = there || (placeholder && other_file);
	}
	return several_files && (unfinished || (here && there));
}

/* Files that are nowhere on the disk are nobody's. */
static void add_origin(struct arena *arena, struct source_list *sources, struct source *source) {
	for (size_t i = 0; i < sources->count; i++)
		if (sources->items[i] == source) return;
	if (source->status.st_ino)
		*list_add(arena, sources) = source;
}

static void note_origin(struct arena *arena, struct fix *fix, struct value value) {
	const struct entry *entry = value.file ? value_entry(value) : NULL;
	if (!value.file) return;
	add_origin(arena, &fix->holders, entry ? entry->source : value.file->source);
	for (size_t i = 0; i < value.file->view->sources.count; i++)
		add_origin(arena, &fix->through, value.file->view->sources.items[i]);
	if (value.file->role->account.length)
		text_list_add_once(arena, &fix->accounts, value.file->role->account);
}

/* The text of an argument; the fix notes whose values are in it. */
static struct value argument_text(struct evaluation *evaluation, const struct template *template, struct fix *fix) {
	struct context asking = *evaluation->context;
	asking.asked_count = 0;
	struct value text = template_text(&asking, template, true);
	for (size_t i = 0; i < asking.asked_count; i++)
		note_origin(asking.lint->arena, fix, asked_value(&asking, i));
	if (asking.asked_count == CONTEXT_MOST_ASKED)
		fix->withheld = TEXT("it is made of too many values to tell whose they are");
	return text;
}

static bool arguments_of(struct evaluation *evaluation, const struct rule_fix *rule_fix, struct fix_run *run) {
	struct context *context = evaluation->context;
	const struct fix_argument *arguments = rule_fix->operator->arguments;
	for (size_t i = 0; arguments[i].name; i++) {
		if (rule_fix->references[i])
			run->places[i] = reference_value(context, rule_fix->references[i]);
		/* What is missing may be the place: only its file is needed to add it. Over what is not known nothing is
		 * written. */
		if (rule_fix->references[i] && (!run->places[i].file || run->places[i].state == VALUE_UNKNOWN)) return false;
		if (!rule_fix->templates[i]) continue;
		struct value text = run->texts[i] = argument_text(evaluation, rule_fix->templates[i], run->fix);
		if (text.state != VALUE_PRESENT) return false;
		const struct file *from = text.file, *to = run->places[0].file;
		bool name = arguments[i].kind == FIX_NAME;
		if (!name && (context_is_placeholder(context, text.text) || context_is_template(context, text.text)))
			run->fix->withheld = TEXT("a placeholder is not written over a value");
		if (value_is_secret(text) && to && to->example)
			run->fix->withheld = TEXT("a secret is not written into an example file");
		if (from && to && from->example && !to->example)
			run->fix->withheld = TEXT("an example is no authority");
		if (from && to && from != to && !text.text.length)
			run->fix->withheld = TEXT("an empty value is not written over another");
	}
	return true;
}

/* What a program writes it writes again; a person may say to it what it is to write. */
static void withhold_from_generated(struct context *context, struct fix *fix) {
	for (size_t i = 0; i < fix->edits.count && !fix->withheld.length; i++) {
		const struct source *source = fix->edits.items[i].source;
		if (standing_generated(context->lint->arena, context->pack, source))
			fix->withheld = text_format(context->lint->arena, "%.*s is written by a program", TEXT_ARGUMENTS(source->path));
	}
}

/* A file whose includes may not be opened could read any other: of what it makes of a change nothing is known. */
static void withhold_from_unjudged(struct context *context, struct fix *fix) {
	const struct source_list *sources = &context->lint->sources;
	bool elsewhere = false;
	for (size_t i = 0; i < fix->edits.count; i++)
		elsewhere = elsewhere || fix->edits.items[i].source != context->subject.file->source;
	for (size_t i = 0; elsewhere && i < sources->count && !fix->withheld.length; i++)
		if (sources->items[i]->unjudged.length)
			fix->withheld = text_format(context->lint->arena, "%.*s may include the file, and can't be judged",
			                            TEXT_ARGUMENTS(sources->items[i]->path));
}

static struct text optional_text(struct evaluation *evaluation, const struct message *message) {
	const struct template *template = message_in(message, evaluation->context->lint->options->language);
	if (!template)
		return TEXT("");
	struct value value = template_text(evaluation->context, template, false);
	return value.state == VALUE_PRESENT ? value.text : TEXT("");
}

/* What a repository's file includes may lie outside. */
static void withhold_from_outside(struct evaluation *evaluation, struct fix *fix) {
	const struct pack *pack = evaluation->choice->pack;
	for (size_t i = 0; i < fix->edits.count; i++)
		if (!lint_shows(evaluation->context->lint, pack, fix->edits.items[i].source))
			fix->withheld = TEXT("it lies outside of the repository that the rule belongs to");
}

static bool is_for_version(const struct evaluation *evaluation, const struct target *target) {
	const struct version *version =
		target ? lint_version(evaluation->context->lint->options, evaluation->group, target) : NULL;
	return !target || (version && version_is_of(version, target));
}

static struct fix *make_fix(struct evaluation *evaluation, const struct rule_fix *rule_fix) {
	struct arena *arena = evaluation->context->lint->arena;
	struct text authority = evaluation->context->lint->options->authority, reason;
	if (!authority.length)
		authority = evaluation->choice->pack->authority;
	if (rule_fix->authority.length && !text_equal(rule_fix->authority, authority)) return NULL;
	if (!is_for_version(evaluation, rule_fix->target)) return NULL;
	if (rule_fix->address)
		evaluation->context->asked_count = 0;
	if (condition_evaluate(evaluation->context, rule_fix->when, &reason) != VERDICT_TRUE) return NULL;
	if (rule_fix->address && evaluate_fix_reach(evaluation->context).certainty < CERTAINTY_FULL) return NULL;
	struct fix *fix = arena_new(arena, struct fix);
	struct fix_run run = {.arena = arena, .rule = evaluation->rule->id, .fix = fix};
	fix->safety = rule_fix->safety;
	if (!evaluation->choice->pack->confined)
		fix->handlers = rule_fix->handlers;
	if (!arguments_of(evaluation, rule_fix, &run)) return NULL;
	fix->title = optional_text(evaluation, &rule_fix->title);
	if (!fix->withheld.length)
		fix->withheld = rule_fix->operator->run(&run);
	withhold_from_generated(evaluation->context, fix);
	withhold_from_outside(evaluation, fix);
	withhold_from_unjudged(evaluation->context, fix);
	if (fix->withheld.length)
		fix->edits.count = 0;
	return fix;
}

/* How welcome a fix is: one that the run may apply, one that another run might, one that can't be made. */
static int welcome(const struct evaluation *evaluation, const struct fix *fix) {
	enum safety wanted = evaluation->context->lint->options->unsafe_fixes ? SAFETY_UNSAFE : SAFETY_SAFE;
	if (!fix || fix->withheld.length)
		return fix != NULL;
	return fix->safety >= wanted ? 3 : 2;
}

static struct fix *choose_fix(struct evaluation *evaluation) {
	struct fix *chosen = NULL;
	for (size_t i = 0; i < evaluation->rule->fixes.count && welcome(evaluation, chosen) < 3; i++) {
		struct fix *fix = make_fix(evaluation, &evaluation->rule->fixes.items[i]);
		if (welcome(evaluation, fix) > welcome(evaluation, chosen))
			chosen = fix;
	}
	return chosen;
}

/* A message's missing value must not silence the finding: it is shown as nothing. */
static struct text message_text(struct evaluation *evaluation) {
	struct buffer text = {.arena = evaluation->context->lint->arena};
	const struct template *message =
		message_in(&evaluation->rule->message, evaluation->context->lint->options->language);
	for (size_t i = 0; i < message->parts.count; i++) {
		const struct template_part *part = &message->parts.items[i];
		buffer_add(&text, part->text);
		if (!part->reference) continue;
		struct value value = reference_value(evaluation->context, part->reference);
		if (value.state == VALUE_PRESENT)
			buffer_add(&text, value_shown(evaluation->context->lint->arena, value));
	}
	return buffer_text(&text);
}

static void add_labels(struct evaluation *evaluation, struct diagnostic *diagnostic) {
	for (size_t i = 0; i < evaluation->rule->labels.count; i++) {
		const struct rule_label *rule_label = &evaluation->rule->labels.items[i];
		struct value value = reference_value(evaluation->context, rule_label->at);
		struct place place = value_place(value);
		if (value.state == VALUE_UNKNOWN || !place.source) continue;
		*list_add(evaluation->context->lint->arena, &diagnostic->labels) =
			(struct label){place, optional_text(evaluation, &rule_label->message)};
	}
}

static struct place place_of(struct evaluation *evaluation) {
	struct context *context = evaluation->context;
	struct value at = {0};
	if (evaluation->rule->at)
		at = reference_value(context, evaluation->rule->at);
	if (at.state == VALUE_UNKNOWN || !value_place(at).source)
		at = context_subject_value(context, &context->subject);
	return value_place(at);
}

/* For people: the rule's versions of programs of which the run names none. */
static struct text targets_text(const struct evaluation *evaluation) {
	struct buffer text = {.arena = evaluation->context->lint->arena};
	for (size_t i = 0; i < evaluation->rule->targets.count; i++) {
		const struct target *target = evaluation->rule->targets.items[i];
		if (lint_version(evaluation->context->lint->options, evaluation->group, target)) continue;
		buffer_add_string(&text, text.length ? ", " : "");
		buffer_add(&text, target->label);
	}
	return buffer_text(&text);
}

void finding_add(struct evaluation *evaluation, const struct reach *reach, bool last) {
	struct lint *lint = evaluation->context->lint;
	bool likely = reach->certainty == CERTAINTY_LIKELY;
	enum severity most = is_provisional(evaluation->context) ? SEVERITY_INFO : likely ? SEVERITY_WARNING : SEVERITY_ERROR;
	enum severity severity = evaluation->severity < most ? evaluation->severity : most;
	struct text message = message_text(evaluation);
	struct diagnostic *diagnostic =
		diagnostics_add(lint->diagnostics, evaluation->rule->id, severity, place_of(evaluation), message);
	diagnostic->last = last;
	if (last)
		diagnostic->message = text_join(lint->arena, message, TEXT(" (the rest like this is not listed)"));
	diagnostic->effect = severity == evaluation->severity || likely ? evaluation->effect : TEXT("");
	diagnostic->doubt = reach->reason;
	diagnostic->targets = targets_text(evaluation);
	diagnostic->why = optional_text(evaluation, &evaluation->rule->why);
	diagnostic->help = optional_text(evaluation, &evaluation->rule->help);
	diagnostic->fix = choose_fix(evaluation);
	if (likely && diagnostic->fix && diagnostic->fix->safety == SAFETY_SAFE)
		diagnostic->fix->safety = SAFETY_UNSAFE;
	diagnostic->subject = about_keep(evaluation->context);
	add_labels(evaluation, diagnostic);
}
