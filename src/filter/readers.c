/* Filters that compare readers. */
#include "base/buffer.h"
#include "filter/filter.h"
#include "model/reader_view.h"

/* What the reader makes of the value's key: *variable is NULL where it sets no such key. False where nothing can be
 * said: the value is of no key, or the reader refuses the file. */
static bool seen_by(const struct value *value, const struct reader *reader, const struct variable **variable) {
	const struct variable *own = value_variable(*value);
	if (!own || !reader_view(value->file, reader)->ok) return false;
	*variable = reader_variable(value->file, reader, own->name);
	return true;
}

static bool sets_nothing(const struct value *value, const struct reader *reader) {
	const struct variable *variable;
	return seen_by(value, reader, &variable) && (!variable || (variable->absent && !value->variable->absent));
}

static bool sets_another(const struct value *value, const struct reader *reader) {
	const struct variable *variable;
	return seen_by(value, reader, &variable) && variable && !variable->absent &&
	       (value->variable->absent || !text_equal(variable->value, value->variable->value));
}

static bool sees_another(const struct value *value, const struct reader *reader) {
	return sets_nothing(value, reader) || sets_another(value, reader);
}

static size_t dollars(struct text text) {
	size_t count = 0;
	for (size_t at; (at = text_find_byte(text, '$')) != TEXT_NOT_FOUND; text = text_from(text, at + 1))
		count++;
	return count;
}

/* One that only takes off a backslash before a `$` keeps the `$` itself. */
static bool expands(const struct value *value, const struct reader *reader) {
	const struct variable *variable;
	return seen_by(value, reader, &variable) && variable && !variable->absent &&
	       dollars(variable->value) < dollars(value->variable->value);
}

static bool refuses(const struct value *value, const struct reader *reader) {
	return !reader_view(value->file, reader)->ok;
}

/* Where the reader gives up: its last fault, or NULL. */
static const struct fault *last_fault(struct file *file, const struct reader *reader) {
	const struct view *view = reader_view(file, reader);
	return view->faults.count ? &view->faults.items[view->faults.count - 1] : NULL;
}

/* The names of the readers of .env files that `differs` is true of; without an argument the file's own are asked, but for
 * the first, whose view the value is from. `found`, unless it is NULL, becomes the first of them. */
static struct value names_of(struct arena *arena, struct value value, const struct argument *argument,
                             bool (*differs)(const struct value *, const struct reader *), const struct reader **found) {
	const struct file *file = value.file;
	const struct reader *const *asked = argument->readers ? argument->readers : file->readers;
	struct buffer names = {.arena = arena};
	for (size_t i = argument->readers ? 0 : 1; argument->readers ? asked[i] != NULL : i < file->reader_count; i++) {
		if (asked[i]->has_sections || !differs(&value, asked[i])) continue;
		if (found && !names.length)
			*found = asked[i];
		buffer_format(&names, "%s%s", names.length ? ", " : "", asked[i]->name);
	}
	if (!names.length)
		return value_absent(value.file, value.section);
	return value_with_fact(value, buffer_text(&names));
}

/* Asked of a statement that does not count, every reader sees something else: rules ask of the one that does. */
static struct value misread_by(struct arena *arena, struct value value, const struct argument *argument) {
	return names_of(arena, value, argument, sees_another, NULL);
}

static struct value set_otherwise_by(struct arena *arena, struct value value, const struct argument *argument) {
	return names_of(arena, value, argument, sets_another, NULL);
}

static struct value unset_by(struct arena *arena, struct value value, const struct argument *argument) {
	return names_of(arena, value, argument, sets_nothing, NULL);
}

static struct value expanded_by(struct arena *arena, struct value value, const struct argument *argument) {
	return names_of(arena, value, argument, expands, NULL);
}

static struct value refused_by(struct arena *arena, struct value value, const struct argument *argument) {
	const struct reader *first = NULL;
	struct value names = names_of(arena, value, argument, refuses, &first);
	const struct fault *fault = first ? last_fault(value.file, first) : NULL;
	if (fault) {
		names.at = AT_FAULT;
		names.fault = fault;
	}
	return names;
}

static bool has_no_other_reader(const struct file *file, const struct reader *const *asked) {
	return !asked && file->reader_count < 2;
}

const struct filter filter_misread_by = {
	"misread_by", ARGUMENT_READERS,
	"the names of those readers (without an argument: of the file's own, but the first) that see another value for this key of a .env file, or none; absent when none does; not asked is a reader that refuses the file",
	misread_by, .never = has_no_other_reader, .asks_machine = true};
const struct filter filter_set_otherwise_by = {
	"set_otherwise_by", ARGUMENT_READERS, "like misread_by, only those that set the key to another value",
	set_otherwise_by, .never = has_no_other_reader, .asks_machine = true};
const struct filter filter_unset_by = {
	"unset_by", ARGUMENT_READERS, "like misread_by, only those that do not set the key", unset_by,
	.never = has_no_other_reader, .asks_machine = true};
const struct filter filter_expanded_by = {
	"expanded_by", ARGUMENT_READERS, "like misread_by, only those that put something else in the place of a `$`",
	expanded_by, .never = has_no_other_reader, .asks_machine = true};
const struct filter filter_refused_by = {
	"refused_by", ARGUMENT_READERS,
	"the names of those readers (without an argument: of the file's own, but the first) that refuse the whole .env file; absent when none does",
	refused_by, .never = has_no_other_reader, .asks_machine = true};
