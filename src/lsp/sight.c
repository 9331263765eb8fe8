#include "evaluate/context.h"
#include "lsp/sight.h"
#include "model/reader_view.h"
#include "redact/redact.h"

/* --- what may be shown --- */

/* A value that the file hides in any of its roles is hidden. */
static bool is_hidden(const struct analysis *analysis, struct value value, const struct variable *variable) {
	bool hidden = value_is_secret(value);
	for (size_t i = 0; i < analysis->lint.files.count && !hidden; i++) {
		const struct file *file = analysis->lint.files.items[i];
		bool same = file->source == value.file->source || file->source == variable->entry->source;
		hidden = same && file_hides(file, variable->name);
	}
	return hidden;
}

/* Masks what is marked in the statement; false where the value does not hold it as it is written. */
static bool mask_marked(struct arena *arena, const struct entry *entry, struct text *text) {
	const struct span_list *secrets = &entry->source->secrets;
	for (size_t i = 0; i < secrets->count && secrets->items[i].start < entry->lines.end; i++) {
		struct span span = secrets->items[i];
		struct text secret = source_slice(entry->source, span);
		bool in_value = span.start < entry->value.end && span.end > entry->value.start;
		if (!in_value || !secret.length) continue;
		size_t at = text_find(*text, secret);
		if (at == TEXT_NOT_FOUND) return false;
		struct text head = text_join(arena, text_slice(*text, 0, at), redact_mask(arena, secret));
		*text = text_join(arena, head, text_from(*text, at + secret.length));
	}
	return true;
}

struct text sight_show(const struct analysis *analysis, struct arena *arena, struct value value) {
	const struct variable *variable = value.at >= AT_VALUE ? value.variable : NULL;
	struct text text = value.text;
	if (!text.length)
		return text;
	if (!variable || !variable->entry)
		return redact_output(arena, value_shown(arena, value));
	if (is_hidden(analysis, value, variable) || !mask_marked(arena, variable->entry, &text))
		return redact_mask(arena, value.text);
	bool masked = text.bytes != value.text.bytes;
	return redact_output(arena, masked ? text : redact_words(arena, text));
}

/* --- readers --- */

static const struct variable *in_section(const struct file *file, const struct view *view, struct text section, struct text key) {
	const struct variable *found = NULL;
	for (size_t i = 0; i < view->sections.count; i++) {
		const struct section *other = view->sections.items[i];
		if (!other->template && text_equal(other->name, section))
			found = section_variable(file->role, other, key) ? section_variable(file->role, other, key) : found;
	}
	return found;
}

/* The value in force as that reader sees it. Of a template, which has none, the one that stands there. */
static struct value value_seen(const struct subject *subject, const struct reader *reader) {
	struct file *file = subject->file;
	struct text key = subject->variable->name;
	const struct view *view = reader_view(file, reader);
	const struct variable *variable = subject->variable;
	if (reader != file->readers[0] && !reader->has_sections)
		variable = reader_variable(file, reader, key);
	else if (reader != file->readers[0])
		variable = in_section(file, view, subject->section->name, key);
	else if (subject->group)
		variable = file_variable(file, subject->group, key);
	return value_of_variable(file, subject->section, variable);
}

static void add(struct analysis *analysis, struct arena *arena, struct sight_list *list, const struct subject *subject,
                const struct reader *reader) {
	struct sight sight = {.state = SIGHT_NOTHING};
	struct value value = value_seen(subject, reader);
	if (!reader_view(subject->file, reader)->ok)
		sight.state = SIGHT_REFUSED;
	else if (value.state != VALUE_ABSENT)
		sight.state = value.state == VALUE_UNKNOWN ? SIGHT_UNKNOWN : SIGHT_VALUE;
	if (sight.state == SIGHT_VALUE)
		sight.text = sight_show(analysis, arena, value);
	else if (sight.state == SIGHT_UNKNOWN)
		sight.text = value.text;
	struct sight *same = NULL;
	for (size_t i = 0; i < list->count && !same; i++)
		if (list->items[i].state == sight.state && text_equal(list->items[i].text, sight.text))
			same = &list->items[i];
	if (!same)
		*(same = list_add(arena, list)) = sight;
	*list_add(arena, &same->readers) = text_of(reader->name);
}

struct sight_list sights_of(struct analysis *analysis, struct arena *arena, const struct subject *subject) {
	struct sight_list list = {0};
	size_t count;
	const struct reader *const *with = file_readers(subject->file, subject->variable->entry, &count);
	for (size_t i = 0; i < count; i++)
		add(analysis, arena, &list, subject, with[i]);
	return list;
}
