/* Filters that look at the bytes of the file in which a value stands. */
#include "filter/filter.h"
#include "model/entry.h"

/* More between two statements is not looked through. */
enum { MOST_BETWEEN = 64 << 10 };

static bool names_variable(struct text bytes, struct text key) {
	for (size_t at; (at = text_find_byte(bytes, '$')) != TEXT_NOT_FOUND;) {
		bytes = text_from(bytes, at + 1);
		struct text name = text_from(bytes, text_starts_with(bytes, TEXT("{")));
		if (text_starts_with(name, key) && (name.length == key.length || !text_is_word_byte(name.bytes[key.length])))
			return true;
	}
	return false;
}

static struct value expanded_since(struct arena *arena, struct value value, const struct argument *argument) {
	const struct entry *later = value_entry(value), *earlier = value_entry(*argument->value);
	if (!later || !earlier || later->source != earlier->source || later->lines.end < earlier->lines.end)
		return value_absent(value.file, value.section);
	struct span between = {earlier->lines.end, later->lines.end};
	bool named = between.end - between.start > MOST_BETWEEN ||
	             names_variable(source_slice(later->source, between), later->name);
	return value_with_fact(value, value_truth(named));
}

static struct value earlier(struct arena *arena, struct value value, const struct argument *argument) {
	const struct variable *variable = value_variable(value);
	const struct variable *before = variable && value.section ? section_earlier(value.section, variable) : NULL;
	return before ? value_of_variable(value.file, value.section, before) : value_absent(value.file, value.section);
}

static struct value written(struct arena *arena, struct value value, const struct argument *argument) {
	struct place place = value_place(value);
	if (!place.source)
		return value_absent(value.file, value.section);
	value.secret = true;
	return value_with_text(value, source_slice(place.source, place.span));
}

/* Nothing to point at where it is not so. */
static struct value cut_from(struct arena *arena, struct value value, const struct argument *argument) {
	const struct entry *entry = value_entry(value);
	struct text whole = argument->value->text, comment = TEXT("");
	if (entry && value.at >= AT_VALUE)
		comment = source_slice(entry->source, entry_comment(entry));
	bool begins = comment.length && whole.length > value.text.length && text_starts_with(whole, value.text);
	if (!begins || !text_starts_with(comment, text_from(whole, value.text.length))) return value_absent(NULL, NULL);
	value.at = AT_COMMENT;
	return value_with_fact(value, value_truth(true));
}

const struct filter filter_cut_from = {
	"cut_from", ARGUMENT_REFERENCE,
	"`true`, at the comment behind it, where the other value is this one and what the comment has; absent otherwise",
	cut_from};
const struct filter filter_earlier = {
	"earlier", ARGUMENT_NONE,
	"the value of the last statement of the same key before its own, in the same section; absent without one", earlier};
const struct filter filter_expanded_since = {
	"expanded_since", ARGUMENT_REFERENCE,
	"`true` or `false`: whether a value of a .env behind the statement of another value, up to its own, names its key as `$KEY` or `${KEY`; also true where the two are more than 64 KiB apart",
	expanded_since};
const struct filter filter_written = {"written", ARGUMENT_NONE, "the file's bytes at its place; never shown", written};
