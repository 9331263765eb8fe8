#include "evaluate/reach.h"

#include <string.h>

#include "evaluate/expression.h"
#include "inventory/meeting.h"
#include "inventory/published.h"
#include "model/entry.h"
#include "reader/fault.h"
#include "reach/container.h"
#include "reach/layer.h"
#include "reach/pair.h"
#include "reach/standing.h"

static struct reach none(struct context *context, struct text about, const char *words) {
	return (struct reach){CERTAINTY_NONE, text_join(context->lint->arena, about, text_of(words))};
}

/* What a file is that nothing in it is to be judged by. */
static struct reach of_file(struct context *context, struct file *file) {
	if (standing_in_conflict(file))
		return none(context, file->source->path, " holds a merge conflict");
	if (!file->view->ok && file->readers[0]->has_sections)
		return none(context, file->source->path, " is refused as a whole");
	return reach_full();
}

/* What is filled in may look like a comment to the reader, `KEY=#{NAME}`, and what a shell runs like a quoted value. */
static bool is_filled_in(struct context *context, struct value value) {
	const struct entry *entry = value_entry(value);
	struct text text = value.text;
	if (value.file && glob_set_matches(&value.file->role->words, text, true)) return false;
	if (!text.length && entry && entry->comment.start == entry->value.start)
		text = source_slice(entry->source, entry->comment);
	if (entry && entry->quote == '`')
		text = source_slice(entry->source, entry->value);
	/* `encrypted:...` is so as a whole, whatever host or port it seems to hold. */
	return context_is_template(context, text) || context_is_template(context, value.variable->value);
}

/* A statement that was to stand in another section, it seems. */
static struct reach of_section(struct context *context, const struct variable *variable) {
	if (!variable || !variable->entry || !variable->entry->doubtful)
		return reach_full();
	return none(context, variable->name, " stands below a line that looks like a section's header");
}

/* What a program fills in before use is not known yet. */
static struct reach of_text(struct context *context, struct value value) {
	if (value_variable(value) && value.variable->presumed)
		return (struct reach){CERTAINTY_LIKELY, *value.variable->doubt};
	if (value.state != VALUE_PRESENT || !value_variable(value) || !is_filled_in(context, value))
		return reach_full();
	return none(context, value.variable->name, " is filled in before use");
}

/* A section may get the name that is sought, or its header be passed over. */
static struct reach of_names(struct context *context, const struct file *file) {
	for (size_t i = 0; i < file->view->sections.count; i++)
		if (!file->view->sections.items[i]->template && context_is_template(context, file->view->sections.items[i]->name))
			return none(context, file->view->sections.items[i]->name, " is filled in before use");
	for (size_t i = 0; i < file->view->faults.count; i++)
		if (!strcmp(file->view->faults.items[i].kind, "hidden-header"))
			return none(context, file->source->path, " has a line that looks like a section's header");
	return reach_full();
}

/* A section that is not there may stand in another file, where this one may be a part of it. */
static struct reach of_absence(struct context *context, struct value value, const struct reference *reference) {
	const struct setting *setting = reference ? reference->setting : NULL;
	bool sought = !reference || (setting && setting->role);
	if (!sought || value.section)
		return reach_full();
	struct reach reach = reach_lesser(of_names(context, value.file), standing_of_absence(context->lint, context->pack, value.file));
	struct text unread = value.file->view->unread;
	return unread.length ? reach_lesser(reach, standing_of_include(context->lint, context->pack, value.file, unread)) : reach;
}

static struct reach of_asked(struct context *context, size_t index) {
	const struct reference *reference = context->asked[index].reference;
	struct value value = asked_value(context, index);
	if (!value.file)
		return reach_full();
	struct reach reach = reach_lesser(of_text(context, value), of_section(context, value_variable(value)));
	reach = reach_lesser(reach, of_absence(context, value, reference));
	if (value.file == context->subject.file)
		return reach;
	reach = reach_lesser(reach, of_file(context, value.file));
	return reach_lesser(reach, pair_reach(context->lint, context->pack, context->subject.file, value.file));
}

/* Faults, lines and the file itself are there whatever it is taken for, but for a conflict, which makes faults and lines. */
static struct reach of_subject(struct context *context) {
	const struct subject *subject = &context->subject;
	bool of_bytes = context->selector->kind & (SUBJECT_FAULT | SUBJECT_LINE | SUBJECT_FILE);
	if (!of_bytes || (context->selector->kind != SUBJECT_FILE && standing_in_conflict(subject->file)))
		return of_file(context, subject->file);
	if (!subject->fault)
		return reach_full();
	struct text words = source_slice(subject->fault->place.source, subject->fault->place.span);
	if (context_is_template(context, words))
		return none(context, words, " is filled in before use");
	if (!strcmp(subject->fault->kind, "missing-include"))
		return standing_of_include(context->lint, context->pack, subject->file, subject->fault->detail);
	/* What a part lacks stands where it is included. */
	return fault_is_lack(subject->fault->kind) ? standing_of_absence(context->lint, context->pack, subject->file)
	                                           : reach_full();
}

static struct text set_again(struct lint *lint, struct text name, const char *words, const struct file *file) {
	return text_format(lint->arena, "%.*s%s%.*s", TEXT_ARGUMENTS(name), words, TEXT_ARGUMENTS(file->source->path));
}

static struct reach of_layers(struct context *context) {
	const struct subject *subject = &context->subject;
	if (context->selector->kind != SUBJECT_SETTING)
		return reach_full();
	struct lint *lint = context->lint;
	struct text name = subject->variable->name;
	struct file *over = layer_over(lint, subject->file, name);
	if (over)
		return (struct reach){CERTAINTY_NONE, set_again(lint, name, " is set again in ", over)};
	over = layer_likely_over(lint, context->pack->usual_environments, subject->file, name);
	return over ? (struct reach){CERTAINTY_LIKELY, set_again(lint, name, " may be set again by ", over)} : reach_full();
}

/* The first file of another role from an index on that was asked for; moves the index behind it. NULL: there is none. */
static struct file *next_other(struct context *context, size_t *index, size_t asked) {
	while (*index < asked) {
		struct file *other = asked_value(context, (*index)++).file;
		if (other && other->role != context->subject.file->role)
			return other;
	}
	return NULL;
}

/* Of the host that a client names, where files of its role and of others were compared: where none was, it is not asked for,
 * as what was asked for makes a finding milder. */
static struct reach of_host(struct context *context, bool addresses) {
	const struct reference *client_host = context->pack->client_host;
	struct reach reach = reach_full();
	size_t asked = context->asked_count, index = 0;
	struct file *other = next_other(context, &index, asked);
	if (!other)
		return reach;
	struct value host = client_host ? reference_value(context, client_host) : value_literal(TEXT(""));
	if (host.state == VALUE_UNKNOWN)
		return (struct reach){addresses ? CERTAINTY_NONE : CERTAINTY_LIKELY, host.text};
	for (; other; other = next_other(context, &index, asked))
		reach = reach_lesser(reach, (addresses ? container_address_reach : container_server_reach)(
						context->lint, context->pack, context->subject.file, other, host.text));
	return reach;
}

/* Of several files one decides. */
static enum meeting meeting_with_any(struct context *context, struct seeking *seeking) {
	enum meeting meeting = MEETING_UNKNOWN;
	size_t asked = context->asked_count, index = 0;
	for (struct file *other; meeting == MEETING_UNKNOWN && (other = next_other(context, &index, asked));) {
		seeking->server = other;
		meeting = meeting_of(context->lint, seeking);
	}
	return meeting;
}

/* What was asked for so far decides which files meet. */
static struct text text_of_reference(struct context *context, const struct reference *reference) {
	size_t asked = context->asked_count;
	struct value value = reference ? reference_value(context, reference) : value_literal(TEXT(""));
	context->asked_count = asked;
	return value.state == VALUE_PRESENT ? value.text : TEXT("");
}

bool evaluate_meets(struct context *context, const struct rule *rule) {
	static const enum meeting wanted[] = {
		[ADDRESS_SAME] = MEETING_SAME, [ADDRESS_OTHER] = MEETING_OTHER, [ADDRESS_MACHINE] = MEETING_MACHINE, [ADDRESS_UNSAID] = MEETING_UNKNOWN};
	if (rule->meeting == ADDRESS_ANYWHERE || !context->pack->client_host) return true;
	struct seeking seeking = {.client = context->subject.file,
	                          .host = text_of_reference(context, context->pack->client_host),
	                          .port = text_of_reference(context, context->pack->client_port),
	                          .key = context->subject.variable ? context->subject.variable->name : TEXT("")};
	return meeting_with_any(context, &seeking) == wanted[rule->meeting];
}

bool evaluate_is_open(struct context *context, const struct rule *rule) {
	struct text ports = rule->open_at ? text_of_reference(context, rule->open_at) : TEXT("");
	return !ports.length || !published_nowhere(context->lint, context->subject.file, ports);
}

static struct reach of_all_asked(struct context *context, struct reach reach, bool addresses) {
	for (size_t i = 0; i < context->asked_count && reach.certainty > CERTAINTY_NONE; i++)
		reach = reach_lesser(reach, of_asked(context, i));
	return reach_lesser(reach, of_host(context, addresses));
}

struct reach evaluate_reach(struct context *context, const struct rule *rule) {
	if (rule->unfinished)
		return reach_full();
	struct reach reach = reach_lesser(of_subject(context), of_layers(context));
	reach = reach_lesser(reach, of_section(context, context->subject.variable));
	return of_all_asked(context, reach, rule->address);
}

struct reach evaluate_fix_reach(struct context *context) {
	return of_all_asked(context, reach_full(), true);
}
