#include "evaluate/field.h"

#include <stddef.h>
#include <string.h>

#include "base/buffer.h"
#include "evaluate/setting.h"
#include "model/account.h"
#include "model/entry.h"
#include "reach/standing.h"
#include "reader/fault.h"
#include "source/conflict.h"

static struct value of_subject(const struct context *context, struct text text) {
	struct value value = context_subject_value(context, &context->subject);
	value.text = text;
	value.state = VALUE_PRESENT;
	return value;
}

/* What is no secret whatever the value is. */
static struct value fact_of_subject(const struct context *context, struct text text) {
	struct value value = value_with_fact(context_subject_value(context, &context->subject), text);
	value.secret = false;
	return value;
}

/* A part of the statement; `tie`: whether it may hold some of the value. */
static struct value part(const struct subject *subject, struct text text, enum value_at at, enum value_tie tie) {
	return (struct value){.text = text, .file = subject->file, .section = subject->section, .variable = subject->variable,
	                      .at = (unsigned char)at, .tie = (unsigned char)tie};
}

/* Bytes of the statement as they stand in the file; absent where there are none. */
static struct value written(const struct subject *subject, struct span span, enum value_at at, enum value_tie tie) {
	return span.end ? part(subject, source_slice(subject->variable->entry->source, span), at, tie)
	                : value_absent(subject->file, subject->section);
}

static struct value byte_order_mark(const struct context *context) {
	static const char mark[] = "\xef\xbb\xbf";
	struct file *file = context->subject.file;
	if (!text_starts_with(file->source->bytes, text_of(mark)))
		return value_absent(file, context->subject.section);
	struct value value = fact_of_subject(context, text_of(mark));
	value.at = AT_SPAN;
	value.span = (struct span){0, sizeof(mark) - 1};
	return value;
}

/* The line that a merge has left; it may name a branch, but holds nothing of a value. */
static struct value conflict(const struct context *context) {
	struct file *file = context->subject.file;
	struct span span = source_conflict(file->source);
	if (!span.end)
		return value_absent(file, NULL);
	struct value value = fact_of_subject(context, source_slice(file->source, span));
	value.at = AT_SPAN;
	value.span = span;
	return value;
}

/* Of the very file that the statement stands in, which another one may include. */
static struct text is_generated(const struct context *context) {
	const struct source *source = value_place(context_subject_value(context, &context->subject)).source;
	return value_truth(source && standing_generated(context->lint->arena, context->pack, source));
}

static struct value quote(const struct context *context) {
	const struct entry *entry = context->subject.variable->entry;
	struct span span = entry_quote(entry);
	return span.end ? fact_of_subject(context, source_slice(entry->source, span))
	                : value_absent(context->subject.file, context->subject.section);
}

/* The value that counts for the key; this very one unless another statement takes its place. */
static const struct variable *effective(const struct subject *subject) {
	return subject->group ? file_variable(subject->file, subject->group, subject->variable->name) : subject->variable;
}

static bool is_overridden(const struct subject *subject) {
	if (!file_repeats_keys(subject->file)) return false;
	const struct variable *counts = effective(subject);
	return counts && counts != subject->variable && !counts->entry->appends;
}

/* Of a file: of its first line. */
static struct text line_end(const struct context *context) {
	const struct subject *subject = &context->subject;
	struct text bytes = subject->file->source->bytes, rest = text_from(bytes, subject->line.end);
	if (context->selector->kind == SUBJECT_FILE) {
		size_t feed = text_find_byte(bytes, '\n');
		size_t at = feed == TEXT_NOT_FOUND ? bytes.length : feed - (feed > 0 && bytes.bytes[feed - 1] == '\r');
		rest = text_from(bytes, at);
	}
	return text_starts_with(rest, TEXT("\r\n")) ? TEXT("crlf")
	       : text_starts_with(rest, TEXT("\n")) ? TEXT("lf") : TEXT("none");
}

static struct value of_status(const struct context *context, enum field field) {
	const struct stat *status = &context->subject.file->source->status;
	if (!status->st_mode)
		return value_absent(context->subject.file, NULL);
	switch (field) {
	case FIELD_mode: return of_subject(context, text_format(context->arena, "%04o", status->st_mode & 07777));
	case FIELD_owner: return of_subject(context, account_user_name(context->arena, status->st_uid));
	default: return of_subject(context, account_group_name(context->arena, status->st_gid));
	}
}

static struct value of_answer(const struct context *context, enum field field) {
	static const size_t members[FIELD_COUNT] = {
#define MEMBER(name) [FIELD_##name] = offsetof(struct answer, name) + 1
		MEMBER(probe),  MEMBER(url),    MEMBER(host),     MEMBER(port),    MEMBER(outcome),
		MEMBER(realm),  MEMBER(server), MEMBER(location), MEMBER(said),    MEMBER(missing),
		MEMBER(detail), MEMBER(from),   MEMBER(to),       MEMBER(call_id),
#undef MEMBER
	};
	const char *answer = (const char *)context->subject.answer;
	struct text text = TEXT("");
	if (answer && members[field])
		memcpy(&text, answer + members[field] - 1, sizeof(text));
	return text.length ? fact_of_subject(context, text) : value_absent(context->subject.file, context->subject.section);
}

static bool is_empty(const struct section *section) {
	return !section->variables.count && !(section->header && section->header->count);
}

/* Readers differ in what they take for the same name, so the case of letters means nothing. */
static bool is_repeated(const struct subject *subject) {
	size_t namesakes = 0;
	if (!file_repeats_sections(subject->file)) return false;
	for (size_t i = 0; i < subject->file->view->sections.count && namesakes < 2; i++)
		namesakes += text_equal_ignoring_case(subject->file->view->sections.items[i]->name, subject->section->name);
	return namesakes > 1;
}

static struct text keys_of(struct arena *arena, const struct section *section) {
	struct buffer keys = {.arena = arena};
	for (size_t i = 0; i < section->variables.count; i++) {
		buffer_add_string(&keys, i ? "," : "");
		buffer_add(&keys, section->variables.items[i].name);
	}
	return buffer_text(&keys);
}

static struct value of_statement(const struct context *context, enum field field) {
	const struct subject *subject = &context->subject;
	const struct variable *variable = subject->variable;
	const struct entry *entry = variable->entry;
	switch (field) {
	case FIELD_key: return part(subject, variable->name, AT_KEY, TIE_STATEMENT);
	case FIELD_raw: return part(subject, source_slice(entry->source, entry->value), AT_WRITTEN, TIE_VALUE);
	case FIELD_separator: return written(subject, entry_separator(entry), AT_SEPARATOR, TIE_STATEMENT);
	case FIELD_comment: return written(subject, entry_comment(entry), AT_COMMENT, TIE_VALUE);
	case FIELD_quote: return quote(context);
	case FIELD_operator: return fact_of_subject(context, source_slice(entry->source, entry->operator));
	case FIELD_exported: return fact_of_subject(context, value_truth(entry->exported));
	case FIELD_inherited: return fact_of_subject(context, value_truth(variable->inherited));
	case FIELD_overridden: return fact_of_subject(context, value_truth(is_overridden(subject)));
	case FIELD_effective: return value_of_variable(subject->file, subject->section, effective(subject));
	default: return value_absent(subject->file, NULL);
	}
}

struct value field_value(const struct context *context, enum field field) {
	const struct subject *subject = &context->subject;
	const struct header *header = subject->section ? subject->section->header : NULL;
	if (context->selector->kind == SUBJECT_ANSWER && field != FIELD_key && field != FIELD_file)
		return of_answer(context, field);
	/* A setting that speaks of a place is asked for where the file has none. */
	if (context->selector->kind == SUBJECT_SETTING && !subject->variable)
		return value_absent(subject->file, NULL);
	switch (field) {
	case FIELD_name: return of_subject(context, subject->section->name);
	case FIELD_template: return of_subject(context, value_truth(subject->section->template));
	case FIELD_appends: return of_subject(context, value_truth(header && header->appends));
	case FIELD_empty: return of_subject(context, value_truth(is_empty(subject->section)));
	case FIELD_keys: return of_subject(context, keys_of(context->arena, subject->section));
	case FIELD_repeated: return of_subject(context, value_truth(is_repeated(subject)));
	case FIELD_section: return value_of_section(subject->file, subject->section);
	case FIELD_section_number: return fact_of_subject(context, text_of_number(context->arena, subject->section_number));
	case FIELD_value:
	case FIELD_text: return context_subject_value(context, subject);
	case FIELD_kind: return of_subject(context, text_of(subject->fault->kind));
	case FIELD_detail: return of_subject(context, subject->fault->detail);
	case FIELD_words: return of_subject(context, fault_words(context->arena, subject->fault));
	case FIELD_refuses: return of_subject(context, value_truth(fault_refuses(subject->fault->kind)));
	case FIELD_line_end: return fact_of_subject(context, line_end(context));
	case FIELD_continued: return fact_of_subject(context, value_truth(subject->continued));
	case FIELD_goes_on: return fact_of_subject(context, value_truth(subject->goes_on));
	case FIELD_mode:
	case FIELD_owner:
	case FIELD_group: return of_status(context, field);
	case FIELD_byte_order_mark: return byte_order_mark(context);
	case FIELD_conflict: return conflict(context);
	case FIELD_generated: return fact_of_subject(context, is_generated(context));
	case FIELD_example: return fact_of_subject(context, value_truth(subject->file->example));
	case FIELD_refused: return fact_of_subject(context, value_truth(!subject->file->view->ok));
	case FIELD_recognised:
		return fact_of_subject(context, value_truth(file_is_recognised(context->lint, subject->file)));
	case FIELD_file: return value_of_file(subject->file);
	default: return of_statement(context, field);
	}
}
