#include "model/value.h"

#include "model/entry.h"
#include "redact/redact.h"

struct value value_literal(struct text text) { return (struct value){.state = VALUE_PRESENT, .text = text}; }

struct value value_unknown(struct text reason) { return (struct value){.state = VALUE_UNKNOWN, .text = reason}; }

struct value value_absent(struct file *file, const struct section *section) {
	return (struct value){.state = VALUE_ABSENT, .file = file, .section = section};
}

struct value value_of_variable(struct file *file, const struct section *section, const struct variable *variable) {
	if (!variable || (variable->absent && !variable->unsettled))
		return value_absent(file, section);
	return (struct value){.text = variable->unsettled ? *variable->doubt : variable->value,
	                      .state = variable->unsettled ? VALUE_UNKNOWN : VALUE_PRESENT,
	                      .file = file, .section = section, .variable = variable, .at = AT_VALUE};
}

struct value value_of_section(struct file *file, const struct section *section) {
	return (struct value){.text = section->name, .file = file, .section = section};
}

struct value value_of_file(struct file *file) { return (struct value){.text = file->source->path, .file = file}; }

struct text value_truth(bool yes) { return yes ? TEXT("true") : TEXT("false"); }

struct value value_with_text(struct value value, struct text text) {
	value.text = text;
	return value;
}

struct value value_with_fact(struct value value, struct text fact) {
	value.text = fact;
	value.state = VALUE_PRESENT;
	value.tie = value.tie == TIE_VALUE ? TIE_STATEMENT : value.tie;
	return value;
}

static struct span span_in(const struct entry *entry, enum value_at at) {
	switch (at) {
	case AT_KEY: return entry->key;
	case AT_SEPARATOR: return entry_separator(entry);
	case AT_COMMENT: return entry_comment(entry);
	case AT_VALUE: return entry->value.start == entry->value.end ? entry->key : entry->value;
	default: return entry->value;
	}
}

struct place value_place(struct value value) {
	const struct header *header = value.section ? value.section->header : NULL;
	if (value.at >= AT_VALUE)
		return (struct place){value.variable->entry->source, span_in(value.variable->entry, value.at)};
	if (value.at == AT_FAULT)
		return value.fault->place;
	if (value.at == AT_SECTION && header)
		return (struct place){header->source, header->name_span};
	return (struct place){value.file ? value.file->source : NULL,
	                      value.at == AT_SPAN ? value.span : (struct span){0, 0}};
}

const struct entry *value_entry(struct value value) {
	return value.at >= AT_VALUE && value.tie != TIE_PLACE ? value.variable->entry : NULL;
}

const struct variable *value_variable(struct value value) {
	return value.at >= AT_VALUE && value.tie == TIE_VALUE ? value.variable : NULL;
}

bool value_is_secret(struct value value) {
	const struct variable *variable = value_variable(value);
	return value.secret || (variable && file_hides(value.file, variable->name));
}

struct text value_shown(struct arena *arena, struct value value) {
	return value_is_secret(value) ? redact_mask(arena, value.text) : value.text;
}
