/* add_key and add_section: write what is missing. */
#include "fix/operator.h"
#include "reader/spelling.h"

/* The line end needed so that what is added at `at` begins a line. */
static struct text break_before(const struct source *source, uint32_t at) {
	return at && source->bytes.bytes[at - 1] != '\n' ? fix_line_end(source) : TEXT("");
}

/* The blanks before the section's last key: to some readers a deeper line is a part of the one above. */
static struct text indent_of(const struct header *header) {
	const struct entry *last = header ? header->last : NULL;
	if (!last)
		return TEXT("");
	struct text before = source_slice(last->source, (struct span){last->lines.start, last->key.start});
	return text_trim(before, " \t").length ? TEXT("") : before;
}

static struct text add_key(struct fix_run *run) {
	struct value place = run->places[0], key = run->texts[1], to = run->texts[2];
	const struct header *header = place.section ? place.section->header : NULL;
	const struct file *file = place.file;
	static const struct spelling nothing;
	struct text written;
	struct text obstacle = spelling_replace(run->arena, file->readers, file->reader_count, &nothing, to.text, &written);
	/* Where there was no value no other reader sees a worse one. */
	if (obstacle.length && !spelling_find(run->arena, file->readers, file->reader_count, to.text, &nothing, &written))
		return obstacle;
	struct source *source = header ? header->source : place.file->source;
	uint32_t at = (uint32_t)source->bytes.length;
	if (header)
		at = header->last ? header->last->lines.end : header->lines.end;
	const char *equals = file->readers[0]->has_sections ? " = " : "=";
	struct text line = text_format(run->arena, "%.*s%.*s%.*s%s%.*s%.*s", TEXT_ARGUMENTS(break_before(source, at)),
	                               TEXT_ARGUMENTS(indent_of(header)), TEXT_ARGUMENTS(key.text), equals,
	                               TEXT_ARGUMENTS(written), TEXT_ARGUMENTS(fix_line_end(source)));
	fix_edit(run, source, (struct span){at, at}, line, value_is_secret(to));
	fix_intend(run, place.file, place.section ? place.section->name : TEXT(""), key.text);
	return TEXT("");
}

static struct text add_section(struct fix_run *run) {
	struct value place = run->places[0], name = run->texts[1], key = run->texts[2], to = run->texts[3];
	struct source *source = place.file->source;
	uint32_t at = (uint32_t)source->bytes.length;
	struct text end = fix_line_end(source);
	struct text section = text_format(
		run->arena, "%.*s%.*s[%.*s]%.*s%.*s = %.*s%.*s", TEXT_ARGUMENTS(break_before(source, at)),
		TEXT_ARGUMENTS(at ? end : TEXT("")), TEXT_ARGUMENTS(name.text), TEXT_ARGUMENTS(end), TEXT_ARGUMENTS(key.text),
		TEXT_ARGUMENTS(to.text), TEXT_ARGUMENTS(end));
	fix_edit(run, source, (struct span){at, at}, section, value_is_secret(to));
	run->fix->edits.items[run->fix->edits.count - 1].alone = true;
	fix_intend(run, place.file, name.text, key.text);
	return TEXT("");
}

const struct fix_operator fix_operator_add_key = {
	"add_key", "writes `key = to` at the end of a section",
	{{"place", FIX_PLACE, false}, {"key", FIX_NAME, false}, {"to", FIX_TEXT, false}}, add_key};
const struct fix_operator fix_operator_add_section = {
	"add_section", "writes a section with one key at the end of a file",
	{{"place", FIX_PLACE, false}, {"name", FIX_NAME, false}, {"key", FIX_NAME, false}, {"to", FIX_TEXT, false}},
	add_section};
