#include "model/value.h"

#include "diagnostic/secret.h"

struct value value_literal(struct text text)
{
	return (struct value){.state = VALUE_PRESENT, .text = text};
}

struct value value_unknown(struct text reason)
{
	return (struct value){.state = VALUE_UNKNOWN, .text = reason};
}

struct value value_absent(struct file *file, const struct section *section)
{
	struct value value = {.state = VALUE_ABSENT, .file = file, .section = section};
	value.place.source = file ? file->source : NULL;
	if (section && section->header)
		value.place = (struct place){section->header->source, section->header->name_span};
	return value;
}

struct value value_of_variable(struct file *file, const struct section *section, const struct variable *variable)
{
	if (variable->absent)
		return value_absent(file, section);
	struct value value = {.state = VALUE_PRESENT, .text = variable->value, .file = file};
	value.variable = variable;
	value.entry = variable->entry;
	value.section = section;
	value.place = (struct place){variable->entry->source, variable->entry->value};
	if (variable->entry->value.start == variable->entry->value.end)
		value.place.span = variable->entry->key;
	return value;
}

struct value value_of_section(struct file *file, const struct section *section)
{
	struct value value = value_absent(file, section);
	value.state = VALUE_PRESENT;
	value.text = section->name;
	return value;
}

struct value value_of_file(struct file *file)
{
	struct value value = value_absent(file, NULL);
	value.state = VALUE_PRESENT;
	value.text = file->source->path;
	return value;
}

struct text value_truth(bool yes)
{
	return yes ? TEXT("true") : TEXT("false");
}

struct value value_with_text(struct value value, struct text text)
{
	value.text = text;
	return value;
}

/* Asked only of what is shown: most values are judged and forgotten. */
bool value_is_secret(struct value value)
{
	return value.secret || (value.variable && role_hides(value.file->role, value.variable->name));
}

struct text value_shown(struct arena *arena, struct value value)
{
	return value_is_secret(value) ? secret_mask(arena, value.text) : value.text;
}
