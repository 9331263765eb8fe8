/* Filters that compare readers. */
#include "base/buffer.h"
#include "filter/filter.h"
#include "model/reading.h"

static bool sees_another(const struct value *value, const struct reader *reader)
{
	if (!value->variable || !reading_view(value->file, reader)->ok)
		return false;
	const struct variable *variable = reading_variable(value->file, reader, value->variable->name);
	return !variable || variable->absent != value->variable->absent ||
	       !text_equal(variable->value, value->variable->value);
}

static bool refuses(const struct value *value, const struct reader *reader)
{
	return !reading_view(value->file, reader)->ok;
}

/* Where the reader gives up: its last fault. */
static struct place fault_place(const struct value *value, const struct reader *reader)
{
	const struct view *view = reading_view(value->file, reader);
	return view->faults.count ? view->faults.items[view->faults.count - 1].place : value->place;
}

/* The names of the readers of .env files that `differs` is true of; without an argument the file's own are asked, but for
 * the first, whose view the value is from. */
static struct value names_of(struct arena *arena, struct value value, const struct argument *argument,
                             bool (*differs)(const struct value *, const struct reader *), const struct reader **found)
{
	const struct file *file = value.file;
	const struct reader *const *asked = argument->readers ? argument->readers : file->readers;
	struct buffer names = {.arena = arena};
	for (size_t i = argument->readers ? 0 : 1; argument->readers ? asked[i] != NULL : i < file->reader_count; i++) {
		if (asked[i]->has_sections || !differs(&value, asked[i]))
			continue;
		*found = names.length ? *found : asked[i];
		buffer_format(&names, "%s%s", names.length ? ", " : "", asked[i]->name);
	}
	if (!names.length)
		return value_absent(value.file, value.section);
	value.variable = NULL;
	return value_with_text(value, buffer_text(&names));
}

/* Asked of a statement that does not count, every reader sees something else: rules ask of the one that does. */
static struct value misread_by(struct arena *arena, struct value value, const struct argument *argument)
{
	const struct reader *first = NULL;
	return names_of(arena, value, argument, sees_another, &first);
}

static struct value refused_by(struct arena *arena, struct value value, const struct argument *argument)
{
	const struct reader *first = NULL;
	struct value names = names_of(arena, value, argument, refuses, &first);
	if (first)
		names.place = fault_place(&value, first);
	return names;
}

static bool has_no_other_reader(const struct file *file, const struct reader *const *asked)
{
	return !asked && file->reader_count < 2;
}

const struct filter filter_misread_by = {
	.name = "misread_by",
	.argument = ARGUMENT_READERS,
	.summary = "the names of those readers (without an argument: of the file's own, but the first) that see another "
	           "value for this key of a .env file; absent when none does; a reader that refuses the file sees none",
	.apply = misread_by,
	.never = has_no_other_reader,
	.asks_machine = true,
};
const struct filter filter_refused_by = {
	.name = "refused_by",
	.argument = ARGUMENT_READERS,
	.summary = "the names of those readers (without an argument: of the file's own, but the first) that refuse the "
	           "whole .env file; absent when none does",
	.apply = refused_by,
	.never = has_no_other_reader,
	.asks_machine = true,
};
