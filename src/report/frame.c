#include "report/frame.h"

#include "report/terminal.h"

#define ELLIPSIS "\xe2\x80\xa6"

/* The line in three pieces, ready to show; `marked` is the place. */
struct pieces {
	struct text before, marked, after;
	bool before_cut, marked_cut, after_cut; /* there is more of it than is shown */
};

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

static struct text show(struct arena *arena, const struct source *source, size_t start, size_t end) {
	struct buffer out = {.arena = arena};
	struct span span = {(uint32_t)start, (uint32_t)end};
	terminal_add(&out, redact_show(arena, source, span, NULL));
	return buffer_text(&out);
}

/* Takes from the line what may fit into `room` columns and no more: lines may be as long as the largest file. */
static struct pieces cut_bytes(struct arena *arena, const struct source *source, struct span line, struct span marked,
                               size_t room) {
	size_t most = room * 4; /* bytes of UTF-8 */
	size_t from = marked.start - smaller(marked.start - line.start, most);
	size_t stop = marked.start + smaller(marked.end - marked.start, most);
	size_t to = marked.end + smaller(line.end - marked.end, most);
	return (struct pieces){
		.before = show(arena, source, from, marked.start),
		.marked = show(arena, source, marked.start, stop),
		.after = show(arena, source, marked.end, to),
		.before_cut = from > line.start,
		.marked_cut = stop < marked.end,
		.after_cut = to < line.end,
	};
}

/* Cuts the pieces so that together, with an ellipsis at each cut, they take at most `room` columns. */
static void cut_columns(struct pieces *pieces, size_t room) {
	size_t before = terminal_columns(pieces->before), marked = terminal_columns(pieces->marked);
	size_t after = terminal_columns(pieces->after);
	if (before + marked + after <= room && !pieces->before_cut && !pieces->marked_cut && !pieces->after_cut) return;
	room -= 2;
	size_t kept_marked = smaller(marked, room);
	pieces->marked_cut |= kept_marked < marked;
	size_t rest = pieces->marked_cut ? 0 : room - kept_marked;
	size_t kept_after = smaller(after, rest / 2);
	size_t kept_before = smaller(before, rest - kept_after);
	kept_after = smaller(after, rest - kept_before);
	pieces->before_cut |= kept_before < before;
	pieces->after_cut |= pieces->marked_cut || kept_after < after;
	pieces->before = terminal_last(pieces->before, kept_before);
	pieces->marked = terminal_first(pieces->marked, kept_marked);
	pieces->after = terminal_first(pieces->after, kept_after);
}

/* The part of the place that lies in the line, widened to whole secrets. */
static struct span clamp(const struct source *source, struct span span, struct span line) {
	struct span covered = redact_cover(source, span);
	uint32_t start = covered.start < line.start ? line.start : (uint32_t)smaller(covered.start, line.end);
	uint32_t end = covered.end < start ? start : (uint32_t)smaller(covered.end, line.end);
	return (struct span){start, end};
}

/* Writes what of the line fits; the pieces keep to `scratch`. */
static struct pieces write_line(struct arena *scratch, const struct frame *frame, const struct source *source,
                                uint32_t number, struct span line, struct span marked, struct buffer *out) {
	size_t room = frame->width - frame->gutter - 3;
	struct pieces cut = cut_bytes(scratch, source, line, marked, room), *pieces = &cut;
	cut_columns(pieces, room);
	buffer_format(out, "%*u |", (int)frame->gutter, number);
	if (pieces->before.length || pieces->marked.length || pieces->after.length)
		buffer_add_byte(out, ' ');
	buffer_add_string(out, pieces->before_cut ? ELLIPSIS : "");
	buffer_add(out, pieces->before);
	buffer_add(out, pieces->marked);
	buffer_add(out, pieces->after);
	buffer_add_string(out, pieces->after_cut ? ELLIPSIS : "");
	buffer_add_byte(out, '\n');
	return cut;
}

static void write_marks(const struct frame *frame, const struct pieces *pieces, char mark, struct text label,
                        struct buffer *out) {
	size_t marks = terminal_columns(pieces->marked);
	buffer_add_repeated(out, ' ', frame->gutter + 1);
	buffer_add_string(out, "| ");
	buffer_add_repeated(out, ' ', terminal_columns(pieces->before) + pieces->before_cut);
	terminal_paint(out, frame->colour, frame->paint);
	buffer_add_repeated(out, mark, marks ? marks : 1);
	if (label.length)
		terminal_add_between(out, " ", label, "");
	terminal_unpaint(out, frame->colour);
	buffer_add_byte(out, '\n');
}

void frame_write(const struct frame *frame, struct place place, char mark, struct text label, struct buffer *out) {
	uint32_t number = source_position(place.source, place.span.start).line;
	struct span line = source_line(place.source, number);
	struct span marked = clamp(place.source, place.span, line);
	struct arena scratch = {0};
	struct pieces pieces = write_line(&scratch, frame, place.source, number, line, marked, out);
	write_marks(frame, &pieces, mark, label, out);
	arena_release(&scratch);
}

void frame_write_line(const struct frame *frame, struct source *source, uint32_t number, struct buffer *out) {
	struct span line = source_line(source, number);
	struct arena scratch = {0};
	write_line(&scratch, frame, source, number, line, (struct span){line.start, line.start}, out);
	arena_release(&scratch);
}

void frame_write_bar(const struct frame *frame, struct buffer *out) {
	buffer_add_repeated(out, ' ', frame->gutter + 1);
	buffer_add_string(out, "|\n");
}
