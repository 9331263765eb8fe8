/* delete: takes a statement out; comments on its line stay. fall_back: the same of one that counts, so that an earlier one of
 * its key does; what that says is meant. */
#include "fix/operator.h"
#include "reader/blank.h"

/* Whether the statement that counts is exported. */
static bool stays_exported(struct file *file, const struct entry *entry) {
	const struct section_group *group = file_group(file, TEXT(""));
	const struct variable *variable = group ? file_variable(file, group, entry->name) : NULL;
	return variable && variable->entry && variable->entry != entry && variable->entry->exported;
}

/* Where a comment begins behind `end`, also one that the program only passes over; the end of the lines without one. */
static uint32_t comment_start(const struct entry *entry, uint32_t end) {
	if (entry->comment.end > entry->comment.start && entry->comment.end > end)
		return entry->comment.start > end ? entry->comment.start : end;
	struct text rest = source_slice(entry->source, (struct span){end, entry->lines.end});
	size_t sign = text_find_byte(rest, '#');
	bool blank = sign != TEXT_NOT_FOUND && sign > 0 && !text_trim(text_slice(rest, 0, sign), " \t").length;
	return blank ? end + (uint32_t)sign : entry->lines.end;
}

/* The whole lines, or what stands between the comments of the line. */
static struct span statement(const struct entry *entry, const struct reader *reader) {
	struct span before = {entry->lines.start, entry->key.start}, gone = entry->lines;
	uint32_t end = fix_value_end(entry, reader), comment = comment_start(entry, end);
	bool comment_before = text_find_byte(source_slice(entry->source, before), ';') != TEXT_NOT_FOUND;
	bool comment_behind = comment < entry->lines.end;
	if (comment_before || (comment_behind && !entry->exported))
		gone.start = entry->key.start;
	if (comment_behind)
		gone.end = comment;
	else if (comment_before)
		gone.end = end;
	return gone;
}

/* Whether a byte order mark would come to stand before what follows: to many programs it then is a part of that key. */
static bool moves_mark(const struct entry *entry, const struct reader *reader, struct span gone) {
	uint32_t mark = mark_length(entry->source->bytes);
	return !reader->has_sections && mark && gone.start == mark && gone.end < entry->source->bytes.length;
}

static struct text delete_statement(struct fix_run *run) {
	struct value place = run->places[0];
	const struct entry *entry = value_entry(place);
	if (!entry)
		return TEXT("there is no statement to delete");
	struct text obstacle = fix_obstacle(run, entry);
	if (obstacle.length)
		return obstacle;
	if (entry->exported && !stays_exported(place.file, entry))
		return TEXT("only this statement has `export`; write it before the other one first");
	size_t count;
	const struct reader *reader = *file_readers(place.file, entry, &count);
	struct span gone = statement(entry, reader);
	if (moves_mark(entry, reader, gone))
		return TEXT("the byte order mark before it would come to stand before another key; delete the mark first");
	/* A safe fix deletes only what does not count. */
	if (run->fix->safety != SAFETY_SAFE)
		fix_intend(run, place.file, place.section ? place.section->name : TEXT(""), entry->name);
	fix_edit(run, entry->source, gone, TEXT(""), false);
	return TEXT("");
}

/* No other fix of the same pass may take the earlier one away: it is written as it is. */
static struct text fall_back(struct fix_run *run) {
	struct value place = run->places[0];
	const struct variable *variable = value_variable(place);
	const struct variable *earlier = variable && place.section ? section_earlier(place.section, variable) : NULL;
	const struct entry *stays = earlier ? earlier->entry : NULL;
	if (!stays || stays->source != variable->entry->source)
		return TEXT("no earlier statement of its file has this key");
	fix_edit(run, stays->source, stays->lines, source_slice(stays->source, stays->lines), true);
	fix_intend(run, place.file, place.section->name, variable->name);
	return delete_statement(run);
}

const struct fix_operator fix_operator_delete = {
	"delete", "takes a statement out; comments on its line stay", {{"place", FIX_PLACE, false}}, delete_statement};
const struct fix_operator fix_operator_fall_back = {
	"fall_back", "takes the statement that counts out, as `delete` does, so that an earlier one of its key counts",
	{{"place", FIX_PLACE, false}}, fall_back};
