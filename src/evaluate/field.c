#include "evaluate/field.h"

#include <stddef.h>
#include <string.h>

#include "model/account.h"
#include "model/entry.h"
#include "reader/fault.h"

static struct value of_thing(const struct context *context, struct text text)
{
	return value_with_text(context_thing_value(context, &context->thing), text);
}

/* What is no secret whatever the value is. */
static struct value fact_of_thing(const struct context *context, struct text text)
{
	struct value value = value_with_fact(context_thing_value(context, &context->thing), text);
	value.secret = false;
	return value;
}

/* A part of the statement; `tie`: whether it may hold some of the value. */
static struct value part(const struct thing *thing, struct text text, enum value_at at, enum value_tie tie)
{
	return (struct value){.text = text, .file = thing->file, .section = thing->section, .variable = thing->variable,
	                      .at = (unsigned char)at, .tie = (unsigned char)tie};
}

/* Bytes of the statement as they stand in the file; absent where there are none. */
static struct value written(const struct thing *thing, struct span span, enum value_at at, enum value_tie tie)
{
	return span.end ? part(thing, source_slice(thing->variable->entry->source, span), at, tie)
	                : value_absent(thing->file, thing->section);
}

static struct value byte_order_mark(const struct context *context)
{
	static const char mark[] = "\xef\xbb\xbf";
	struct file *file = context->thing.file;
	if (!text_starts_with(file->source->bytes, text_of(mark)))
		return value_absent(file, context->thing.section);
	struct value value = fact_of_thing(context, text_of(mark));
	value.at = AT_SPAN;
	value.span = (struct span){0, sizeof(mark) - 1};
	return value;
}

static struct value quote(const struct context *context)
{
	const struct entry *entry = context->thing.variable->entry;
	struct span span = entry_quote(entry);
	return span.end ? fact_of_thing(context, source_slice(entry->source, span))
	                : value_absent(context->thing.file, context->thing.section);
}

/* The value that counts for the key; this very one unless another statement takes its place. */
static const struct variable *effective(const struct thing *thing)
{
	return thing->group ? file_variable(thing->file, thing->group, thing->variable->name) : thing->variable;
}

static bool is_overridden(const struct thing *thing)
{
	if (!file_repeats_keys(thing->file))
		return false;
	const struct variable *counts = effective(thing);
	return counts && counts != thing->variable && !counts->entry->appends;
}

/* Of a file: of its first line. */
static struct text line_end(const struct context *context)
{
	const struct thing *thing = &context->thing;
	struct text bytes = thing->file->source->bytes, rest = text_from(bytes, thing->line.end);
	if (context->selector->kind == THING_FILE) {
		size_t feed = text_find_byte(bytes, '\n');
		size_t at = feed == TEXT_NOT_FOUND ? bytes.length : feed - (feed > 0 && bytes.bytes[feed - 1] == '\r');
		rest = text_from(bytes, at);
	}
	return text_starts_with(rest, TEXT("\r\n")) ? TEXT("crlf")
	       : text_starts_with(rest, TEXT("\n")) ? TEXT("lf") : TEXT("none");
}

static struct value of_status(const struct context *context, enum field field)
{
	const struct stat *status = &context->thing.file->source->status;
	if (!status->st_mode)
		return value_absent(context->thing.file, NULL);
	switch (field) {
	case FIELD_mode: return of_thing(context, text_format(context->arena, "%04o", status->st_mode & 07777));
	case FIELD_owner: return of_thing(context, account_user_name(context->arena, status->st_uid));
	default: return of_thing(context, account_group_name(context->arena, status->st_gid));
	}
}

static struct value of_answer(const struct context *context, enum field field)
{
	static const size_t members[FIELD_COUNT] = {
#define MEMBER(name) [FIELD_##name] = offsetof(struct answer, name) + 1
		MEMBER(probe),  MEMBER(url),    MEMBER(host),     MEMBER(port),    MEMBER(outcome),
		MEMBER(realm),  MEMBER(server), MEMBER(location), MEMBER(said),    MEMBER(missing),
		MEMBER(detail), MEMBER(from),   MEMBER(to),       MEMBER(call_id),
#undef MEMBER
	};
	const char *answer = (const char *)context->thing.answer;
	struct text text = TEXT("");
	if (answer && members[field])
		memcpy(&text, answer + members[field] - 1, sizeof(text));
	return text.length ? fact_of_thing(context, text) : value_absent(context->thing.file, context->thing.section);
}

static bool is_empty(const struct section *section)
{
	return !section->variables.count && !(section->header && section->header->entries.count);
}

static struct value of_statement(const struct context *context, enum field field)
{
	const struct thing *thing = &context->thing;
	const struct variable *variable = thing->variable;
	const struct entry *entry = variable->entry;
	switch (field) {
	case FIELD_key: return part(thing, variable->name, AT_KEY, TIE_STATEMENT);
	case FIELD_raw: return part(thing, source_slice(entry->source, entry->value), AT_WRITTEN, TIE_VALUE);
	case FIELD_separator: return written(thing, entry_separator(entry), AT_SEPARATOR, TIE_STATEMENT);
	case FIELD_comment: return written(thing, entry_comment(entry), AT_COMMENT, TIE_VALUE);
	case FIELD_quote: return quote(context);
	case FIELD_operator: return fact_of_thing(context, source_slice(entry->source, entry->operator));
	case FIELD_exported: return fact_of_thing(context, value_truth(entry->exported));
	case FIELD_inherited: return fact_of_thing(context, value_truth(variable->inherited));
	case FIELD_overridden: return fact_of_thing(context, value_truth(is_overridden(thing)));
	case FIELD_effective: return value_of_variable(thing->file, thing->section, effective(thing));
	default: return value_absent(thing->file, NULL);
	}
}

struct value field_value(const struct context *context, enum field field)
{
	const struct thing *thing = &context->thing;
	const struct header *header = thing->section ? thing->section->header : NULL;
	if (context->selector->kind == THING_ANSWER && field != FIELD_key && field != FIELD_file)
		return of_answer(context, field);
	switch (field) {
	case FIELD_name: return of_thing(context, thing->section->name);
	case FIELD_template: return of_thing(context, value_truth(thing->section->template));
	case FIELD_appends: return of_thing(context, value_truth(header && header->appends));
	case FIELD_empty: return of_thing(context, value_truth(is_empty(thing->section)));
	case FIELD_section: return value_of_section(thing->file, thing->section);
	case FIELD_section_number: return fact_of_thing(context, text_of_number(context->arena, thing->section_number));
	case FIELD_value:
	case FIELD_text: return context_thing_value(context, thing);
	case FIELD_kind: return of_thing(context, text_of(thing->fault->kind));
	case FIELD_detail: return of_thing(context, thing->fault->detail);
	case FIELD_words: return of_thing(context, fault_words(context->arena, thing->fault));
	case FIELD_refuses: return of_thing(context, value_truth(fault_refuses(thing->fault->kind)));
	case FIELD_line_end: return fact_of_thing(context, line_end(context));
	case FIELD_continued: return fact_of_thing(context, value_truth(thing->continued));
	case FIELD_goes_on: return fact_of_thing(context, value_truth(thing->goes_on));
	case FIELD_mode:
	case FIELD_owner:
	case FIELD_group: return of_status(context, field);
	case FIELD_byte_order_mark: return byte_order_mark(context);
	case FIELD_example: return fact_of_thing(context, value_truth(thing->file->example));
	case FIELD_refused: return fact_of_thing(context, value_truth(!thing->file->view->ok));
	case FIELD_file: return value_of_file(thing->file);
	default: return of_statement(context, field);
	}
}
