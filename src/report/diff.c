#include "report/diff.h"

#include "report/line_change.h"
#include "report/terminal.h"

enum { CONTEXT = 3 };

/* One side of the diff. */
struct side {
	const struct source *source;
	struct lines lines;
};

struct diff {
	struct side before, after;
	bool colour;
	struct buffer *out;
};

static struct side make_side(struct source *source) {
	source_position(source, 0); /* finds the lines */
	struct lines lines = {source->bytes, source->line_starts, source->line_count};
	if (lines.starts[lines.count - 1] == lines.starts[lines.count])
		lines.count--; /* nothing stands behind the last line end */
	return (struct side){source, lines};
}

static struct text strip_root(struct text path) {
	for (;;) {
		if (text_starts_with(path, TEXT("/")))
			path = text_from(path, 1);
		else if (text_starts_with(path, TEXT("./")))
			path = text_from(path, 2);
		else
			return path;
	}
}

static bool is_quoted(unsigned char byte) { return byte < 0x20 || byte == 0x7f || byte == '"' || byte == '\\'; }

/* Whether the path must stand in quotes, with escapes: what a terminal would not show as it is, quotes, backslashes. */
static bool needs_quotes(struct arena *arena, struct text path) {
	struct buffer shown = {.arena = arena};
	terminal_add(&shown, path);
	if (!text_equal(buffer_text(&shown), path)) return true;
	for (size_t i = 0; i < path.length; i++)
		if (is_quoted((unsigned char)path.bytes[i]))
			return true;
	return false;
}

static void write_quoted(struct text path, struct buffer *out) {
	for (size_t i = 0; i < path.length; i++) {
		unsigned char byte = (unsigned char)path.bytes[i];
		if (is_quoted(byte) || byte >= 0x80)
			buffer_format(out, "\\%03o", byte);
		else
			buffer_add_byte(out, path.bytes[i]);
	}
}

static void write_path(const struct diff *diff, struct arena *arena, const char *sign, struct text path) {
	path = strip_root(path);
	bool quoted = needs_quotes(arena, path);
	terminal_paint(diff->out, diff->colour, COLOUR_BOLD);
	buffer_format(diff->out, "%s %s%c/", sign, quoted ? "\"" : "", sign[0] == '-' ? 'a' : 'b');
	if (quoted)
		write_quoted(path, diff->out);
	else
		buffer_add(diff->out, path);
	/* A tab ends a name with blanks, for patch(1). */
	if (quoted || text_find_byte(path, ' ') != TEXT_NOT_FOUND)
		buffer_add_byte(diff->out, quoted ? '"' : '\t');
	terminal_unpaint(diff->out, diff->colour);
	buffer_add_byte(diff->out, '\n');
}

/* Adds "start,count" as diff(1) does: 1-based; without the count when it is 1; the line before when it is 0. */
static void write_range(struct buffer *out, size_t start, size_t end) {
	buffer_format(out, "%zu", end > start ? start + 1 : start);
	if (end - start != 1)
		buffer_format(out, ",%zu", end - start);
}

static void write_line(const struct diff *diff, const struct side *side, size_t index, char sign) {
	struct arena scratch = {0};
	const char *paint = sign == '-' ? COLOUR_RED : COLOUR_GREEN;
	struct span span = {side->lines.starts[index], side->lines.starts[index + 1]};
	bool ended = side->source->bytes.bytes[span.end - 1] == '\n';
	span.end -= ended;
	terminal_paint(diff->out, diff->colour && sign != ' ', paint);
	buffer_add_byte(diff->out, sign);
	struct text shown = redact_show(&scratch, side->source, span, NULL);
	/* Blanks before it do not keep "::" from being a command to a CI system; no configuration file has such a line. */
	size_t colons = sign == ' ' ? text_find(shown, TEXT("::")) : TEXT_NOT_FOUND;
	if (colons != TEXT_NOT_FOUND && !text_trim(text_slice(shown, 0, colons), " \t").length)
		shown = text_join(&scratch, TEXT("\xef\xbc\x9a"), text_from(shown, colons + 1));
	terminal_add_line(diff->out, shown);
	terminal_unpaint(diff->out, diff->colour && sign != ' ');
	buffer_add_string(diff->out, ended ? "\n" : "\n\\ No newline at end of file\n");
	arena_release(&scratch);
}

static void write_lines(const struct diff *diff, const struct side *side, size_t start, size_t end, char sign) {
	for (size_t i = start; i < end; i++)
		write_line(diff, side, i, sign);
}

/* Writes changes that stand close enough to share their context. */
static void write_hunk(const struct diff *diff, const struct line_change *changes, size_t count) {
	const struct line_change *first = changes, *last = changes + count - 1;
	size_t before = first->before_start < CONTEXT ? first->before_start : CONTEXT;
	size_t left = diff->before.lines.count - last->before_end, behind = left < CONTEXT ? left : CONTEXT;
	size_t at = first->before_start - before;
	terminal_paint(diff->out, diff->colour, COLOUR_CYAN);
	buffer_add_string(diff->out, "@@ -");
	write_range(diff->out, at, last->before_end + behind);
	buffer_add_string(diff->out, " +");
	write_range(diff->out, first->after_start - before, last->after_end + behind);
	buffer_add_string(diff->out, " @@");
	terminal_unpaint(diff->out, diff->colour);
	buffer_add_byte(diff->out, '\n');
	for (const struct line_change *change = first; change <= last; change++) {
		write_lines(diff, &diff->before, at, change->before_start, ' ');
		write_lines(diff, &diff->before, change->before_start, change->before_end, '-');
		write_lines(diff, &diff->after, change->after_start, change->after_end, '+');
		at = change->before_end;
	}
	write_lines(diff, &diff->before, at, at + behind, ' ');
}

void diff_write(struct arena *arena, struct source *before, struct source *after, bool colour, struct buffer *out) {
	if (text_equal(before->bytes, after->bytes)) return;
	struct diff diff = {make_side(before), make_side(after), colour, out};
	struct line_change_list changes = {0};
	line_changes_find(arena, &diff.before.lines, &diff.after.lines, &changes);
	write_path(&diff, arena, "---", before->path);
	write_path(&diff, arena, "+++", after->path);
	for (size_t first = 0, end; first < changes.count; first = end) {
		end = first + 1;
		while (end < changes.count &&
		       changes.items[end].before_start - changes.items[end - 1].before_end <= 2 * CONTEXT)
			end++;
		write_hunk(&diff, &changes.items[first], end - first);
	}
}
