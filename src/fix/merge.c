/* merge: moves the statements of a repeated section to the end of the first one and drops its header; comments on the
 * header's line move along. No reader may see another value after it. promote: the same of a section that does not count;
 * what its statements say where they come to stand is meant. */
#include "fix/operator.h"

/* Where the last statement under the header ends, or the last #include behind it. */
static uint32_t body_end(const struct header *header) {
	uint32_t end = header->last ? header->last->lines.end : header->lines.end;
	struct text rest = text_from(header->source->bytes, end);
	while (rest.length) {
		struct text line = text_trim(text_cut(&rest, '\n'), " \t");
		if (text_starts_with(line, TEXT("["))) break;
		if (text_starts_with(line, TEXT("#")))
			end = (uint32_t)(header->source->bytes.length - rest.length);
	}
	return end;
}

static bool is_blank_line(struct text bytes, struct span line) {
	for (uint32_t i = line.start; i < line.end; i++)
		if ((unsigned char)bytes.bytes[i] > 32)
			return false;
	return true;
}

/* A blank line before the section goes with it when another one, or the end of the file, follows. */
static uint32_t start_with_blank_line(struct source *source, struct span gone) {
	uint32_t line = source_position(source, gone.start).line;
	bool follows = gone.end == source->bytes.length ||
	               is_blank_line(source->bytes, source_line(source, source_position(source, gone.end).line));
	if (line < 2 || !follows)
		return gone.start;
	struct span before = source_line(source, line - 1);
	return is_blank_line(source->bytes, before) ? before.start : gone.start;
}

static struct text header_comments(struct arena *arena, const struct header *header) {
	struct text before = source_slice(header->source, (struct span){header->lines.start, header->name_span.start});
	struct text behind = source_slice(header->source, (struct span){header->name_span.end, header->lines.end});
	before = text_slice(before, 0, text_find_last_byte(before, '['));
	size_t comment = text_find_byte(behind, ';');
	behind = comment == TEXT_NOT_FOUND ? TEXT("") : text_from(behind, comment);
	if (!text_trim(before, " \t").length)
		return behind;
	return text_join(arena, before, behind.length ? behind : fix_line_end(header->source));
}

static struct text merge(struct fix_run *run) {
	struct value place = run->places[0], into = run->places[1];
	const struct header *from = place.section ? place.section->header : NULL;
	const struct header *to = into.section ? into.section->header : NULL;
	if (!from || !to || from->source != to->source)
		return TEXT("the two sections stand in different files; merge them by hand");
	if (from->inherits)
		return TEXT("the repeated section takes values from a template; merge it by hand");
	struct span body = {from->lines.end, body_end(from)};
	uint32_t end = body_end(to);
	struct text moved = text_join(run->arena, header_comments(run->arena, from), source_slice(from->source, body));
	if (moved.length && moved.bytes[moved.length - 1] != '\n')
		moved = text_join(run->arena, moved, fix_line_end(from->source));
	struct span gone = {from->lines.start, body.end};
	gone.start = start_with_blank_line(from->source, gone);
	if (moved.length)
		fix_edit(run, to->source, (struct span){end, end}, moved, true);
	fix_edit(run, from->source, gone, TEXT(""), false);
	return TEXT("");
}

static struct text promote(struct fix_run *run) {
	struct value place = run->places[0];
	const struct header *from = place.section ? place.section->header : NULL;
	const struct view *view = place.file ? place.file->view : NULL;
	for (size_t i = 0; from && view && i < view->entries.count; i++)
		if (view->entries.items[i]->header == from)
			fix_intend(run, place.file, place.section->name, view->entries.items[i]->name);
	return merge(run);
}

const struct fix_operator fix_operator_merge = {
	"merge", "moves a section's statements to the end of another section of the same file",
	{{"place", FIX_PLACE, false}, {"into", FIX_PLACE, false}}, merge};
const struct fix_operator fix_operator_promote = {
	"promote", "merges a section that does not count into another one of the same file, where its statements do",
	{{"place", FIX_PLACE, false}, {"into", FIX_PLACE, false}}, promote};
