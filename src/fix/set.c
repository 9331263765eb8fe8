/* set: writes a value so that every reader of its role reads it back. */
#include "fix/operator.h"
#include "reader/spelling.h"

/* Where there are sections, what `;` cuts off was meant to be a part of the value only when the new value says so. */
static uint32_t old_end(const struct entry *entry, const struct reader *reader, struct text to) {
	struct span whole = {entry->value.start, entry->comment.end};
	bool glued = entry->comment.end > entry->comment.start && entry->comment.start == entry->value.end;
	if (glued && reader->has_sections && text_equal(source_slice(entry->source, whole), to))
		return whole.end;
	return fix_value_end(entry, reader);
}

/* What is to be replaced, as it stands there. Where there are sections a value is written alike whatever stands beside it. */
static struct spelling spelling_of(struct value place, struct span gone, const struct reader *reader) {
	const struct entry *entry = value_entry(place);
	const struct variable *variable = value_variable(place);
	struct text rest = text_from(entry->source->bytes, gone.end);
	size_t feed = text_find_byte(rest, '\n');
	if (reader->has_sections)
		return (struct spelling){.value = entry->content};
	return (struct spelling){
		.value = variable ? variable->value : entry->content,
		.blanks = source_slice(entry->source, (struct span){entry->operator.end, gone.start}),
		.written = source_slice(entry->source, gone),
		.exported = entry->exported,
		.rest = feed == TEXT_NOT_FOUND ? rest : text_slice(rest, 0, feed)};
}

/* Whether the reader has put something else in the place of a `$` or the like: what stands there is no spelling. */
static bool is_expanded(struct value place) {
	const struct variable *variable = value_variable(place);
	bool other = place.file->readers[0]->has_sections && variable && !variable->entry->reader;
	return variable && (variable->expanded || (!other && !text_equal(variable->value, variable->entry->content)));
}

static struct text set(struct fix_run *run) {
	struct value place = run->places[0], to = run->texts[1];
	const struct entry *entry = value_entry(place);
	struct text written;
	if (!entry || entry->appends)
		return TEXT("the value is put together from several lines");
	if (entry->header && place.section && !text_equal(entry->header->name, place.section->name))
		return text_format(run->arena, "the value stands in [%.*s], which other sections may use too",
		                   TEXT_ARGUMENTS(entry->header->name));
	struct text obstacle = is_expanded(place) ? TEXT("a `$` in the value is expanded; change by hand what it names, or the value")
	                                          : fix_obstacle(run, entry);
	if (obstacle.length)
		return obstacle;
	size_t count;
	const struct reader *const *own = file_readers(place.file, entry, &count);
	struct span gone = {entry->value.start, old_end(entry, own[0], to.text)};
	struct spelling old = spelling_of(place, gone, own[0]);
	obstacle = spelling_replace(run->arena, own, count, &old, to.text, &written);
	if (obstacle.length)
		return obstacle;
	if (text_equal(source_slice(entry->source, gone), written))
		return TEXT("it is written already as its readers need it");
	/* `=>` is an operator of its own where there are sections; and `key =value` is nobody's style. */
	if (own[0]->has_sections && gone.start == entry->operator.end &&
	    (text_starts_with(written, TEXT(">")) || entry->operator.start > entry->key.end))
		written = text_join(run->arena, TEXT(" "), written);
	fix_edit(run, entry->source, gone, written, value_is_secret(to));
	const struct variable *variable = value_variable(place);
	fix_intend(run, place.file, place.section ? place.section->name : TEXT(""), variable ? variable->name : entry->name);
	if (entry->reader) /* there it may have another name */
		*list_add(run->arena, &run->fix->intents) = (struct intent){entry->source->path, TEXT(""), entry->name};
	return TEXT("");
}

const struct fix_operator fix_operator_set = {
	"set", "writes a value", {{"place", FIX_PLACE, false}, {"to", FIX_TEXT, false}}, set};
