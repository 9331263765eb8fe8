/* comment_out: takes a statement, or a section with its statements, out of force by making it a comment with the rule's
 * id behind it. No byte goes, so whoever knows better takes the sign away again. */
#include "base/buffer.h"
#include "fix/operator.h"

/* What is to become a comment: whole lines of one file. */
struct stretch {
	struct source *source;
	struct span span;            /* from its first byte that is no blank to the end of its last statement */
	const struct reader *reader;
};

static bool is_blank(char byte) { return (unsigned char)byte < 33; }
static bool ends_line(char byte) { return byte == '\n' || byte == '\r'; }
static bool has_block_comments(const struct reader *reader) { return reader->comment[0] == ';'; }

/* Whether a block comment begins or ends in it: behind a comment sign it would not any more, and what follows would be read
 * otherwise. */
static bool cuts_block_comment(struct text text) {
	if (text_find(text, TEXT("--;")) != TEXT_NOT_FOUND)
		return true;
	for (size_t at; (at = text_find(text, TEXT(";--"))) != TEXT_NOT_FOUND; text = text_from(text, at + 3))
		if (at + 3 == text.length || text.bytes[at + 3] != '-')
			return true;
	return false;
}

/* Where the first line that has an end begins: behind blanks, a byte order mark, or a block comment that ends before it. */
static uint32_t content_start(const struct source *source, uint32_t line, uint32_t statement) {
	struct text before = source_slice(source, (struct span){line, statement});
	if (text_has_byte(before, ';'))
		return statement;
	if (line == 0 && text_starts_with(before, TEXT("\xEF\xBB\xBF")))
		line += 3;
	while (line < statement && is_blank(source->bytes.bytes[line]))
		line++;
	return line;
}

static struct text take_line(struct text *rest) {
	size_t end = 0;
	while (end < rest->length && !ends_line(rest->bytes[end]))
		end++;
	struct text line = text_slice(*rest, 0, end);
	while (end < rest->length && ends_line(rest->bytes[end]))
		end++;
	*rest = text_from(*rest, end);
	return line;
}

static bool is_statement(struct text line, const struct reader *reader) {
	struct text bare = text_trim(line, " \t\f\v");
	return bare.length && bare.bytes[0] != reader->comment[0] && (bare.bytes[0] != '#' || !reader->has_sections);
}

/* Where the last statement before the next header ends; lines of a file that is refused have no header to ask. */
static uint32_t section_end(const struct source *source, uint32_t header_end, const struct reader *reader) {
	struct text rest = text_from(source->bytes, header_end);
	uint32_t end = header_end;
	while (rest.length) {
		struct text line = take_line(&rest);
		if (text_starts_with(text_trim(line, " \t\f\v"), TEXT("["))) break;
		if (is_statement(line, reader))
			end = (uint32_t)(line.bytes - source->bytes.bytes + (ptrdiff_t)line.length);
	}
	return end;
}

static bool includes_files(struct text text) {
	while (text.length) {
		struct text line = text_trim(take_line(&text), " \t\f\v");
		if (line.length && line.bytes[0] == '#' && text_find(line, TEXT("include")) != TEXT_NOT_FOUND)
			return true;
	}
	return false;
}

static void add_line(struct buffer *buffer, const struct reader *reader, struct text line) {
	buffer_add_string(buffer, reader->comment);
	/* `;--` would open a block comment. */
	if (reader->comment[0] == '#' || (line.length && line.bytes[0] == '-'))
		buffer_add_byte(buffer, ' ');
	buffer_add(buffer, line);
}

static struct text as_comment(struct fix_run *run, const struct stretch *stretch) {
	struct buffer buffer = {.arena = run->arena};
	struct text rest = source_slice(stretch->source, stretch->span);
	bool first = true;
	while (rest.length) {
		struct text line = take_line(&rest);
		const char *line_end = line.bytes + line.length;
		if (first || is_statement(line, stretch->reader))
			add_line(&buffer, stretch->reader, line);
		else
			buffer_add(&buffer, line);
		if (first)
			buffer_add(&buffer, text_format(run->arena, " %s arilint: %.*s", stretch->reader->comment,
			                                TEXT_ARGUMENTS(run->rule)));
		buffer_add(&buffer, (struct text){line_end, (size_t)(rest.bytes - line_end)});
		first = false;
	}
	return buffer_text(&buffer);
}

static struct text write_comment(struct fix_run *run, struct stretch stretch) {
	struct text bytes = stretch.source->bytes;
	while (stretch.span.end > stretch.span.start && ends_line(bytes.bytes[stretch.span.end - 1]))
		stretch.span.end--;
	struct text gone = source_slice(stretch.source, stretch.span);
	if (stretch.span.end < bytes.length && !ends_line(bytes.bytes[stretch.span.end]))
		return TEXT("a block comment crosses its line; change it by hand");
	if (has_block_comments(stretch.reader) && cuts_block_comment(gone))
		return TEXT("a block comment begins or ends in it; change it by hand");
	if (text_find(gone, TEXT(SUPPRESSION_SIGN)) != TEXT_NOT_FOUND)
		return TEXT("a comment in it silences findings, and would silence others; change it by hand");
	fix_edit(run, stretch.source, stretch.span, as_comment(run, &stretch), true);
	return TEXT("");
}

static struct text comment_section(struct fix_run *run, const struct header *header, const struct reader *reader) {
	struct source *source = header->source;
	uint32_t start = content_start(source, header->lines.start, header->name_span.start - 1);
	uint32_t end = section_end(source, header->lines.end, reader);
	if (includes_files(source_slice(source, (struct span){header->lines.end, end})))
		return TEXT("files are included in the section; change it by hand");
	return write_comment(run, (struct stretch){source, {start, end}, reader});
}

/* Of a key that is exported by one statement only, the others would be no more. */
static bool loses_export(struct file *file, const struct entry *entry) {
	const struct section_group *group = entry->exported ? file_group(file, TEXT("")) : NULL;
	const struct variable *variable = group ? file_variable(file, group, entry->name) : NULL;
	return variable && variable->entry && variable->entry != entry && !variable->entry->exported;
}

static struct text comment_entry(struct fix_run *run, const struct value *place, const struct entry *entry) {
	struct text obstacle = fix_obstacle(run, entry);
	if (obstacle.length)
		return obstacle;
	if (loses_export(place->file, entry))
		return TEXT("only this statement has `export`; write it before the other one first");
	/* Alone on its line, the end of a secret is nobody's value, and would be shown. */
	struct text value = source_slice(entry->source, entry->value);
	if (text_has_byte(value, '\n') || text_has_byte(value, '\r'))
		return TEXT("the value goes over several lines; change it by hand");
	fix_intend(run, place->file, place->section ? place->section->name : TEXT(""), entry->name);
	uint32_t start = content_start(entry->source, entry->lines.start, entry->key.start);
	size_t count;
	const struct reader *reader = *file_readers(place->file, entry, &count);
	return write_comment(run, (struct stretch){entry->source, {start, entry->lines.end}, reader});
}

/* The header that a fault is about. */
static const struct header *header_at(const struct view *view, const struct place *place) {
	for (size_t i = 0; i < view->headers.count; i++) {
		const struct header *header = view->headers.items[i];
		if (header->source == place->source && header->lines.start <= place->span.start &&
		    place->span.start < header->lines.end)
			return header;
	}
	return NULL;
}

static struct text comment_lines(struct fix_run *run, const struct value *value) {
	struct place place = value_place(*value);
	const struct reader *reader = value->file->readers[0];
	const struct header *header = header_at(value->file->view, &place);
	if (header)
		return comment_section(run, header, reader);
	struct text bytes = place.source->bytes;
	struct span lines = place.span;
	while (lines.start > 0 && bytes.bytes[lines.start - 1] != '\n')
		lines.start--;
	while (lines.end < bytes.length && !ends_line(bytes.bytes[lines.end]))
		lines.end++;
	lines.start = content_start(place.source, lines.start, place.span.start);
	return write_comment(run, (struct stretch){place.source, lines, reader});
}

static struct text comment_out(struct fix_run *run) {
	struct value place = run->places[0];
	const struct entry *entry = value_entry(place);
	if (entry)
		return comment_entry(run, &place, entry);
	if (place.at != AT_SECTION)
		return comment_lines(run, &place);
	if (!place.section || !place.section->header)
		return TEXT("there is no statement to make a comment");
	for (size_t i = 0; i < place.section->variables.count; i++)
		fix_intend(run, place.file, place.section->name, place.section->variables.items[i].name);
	return comment_section(run, place.section->header, place.file->readers[0]);
}

const struct fix_operator fix_operator_comment_out = {
	"comment_out",
	"makes a statement, or a section with its statements, a comment with the rule's id behind it",
	{{"place", FIX_PLACE, false}}, comment_out};
