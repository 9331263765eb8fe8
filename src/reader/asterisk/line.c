#include "reader/asterisk/line.h"

#include <string.h>

#include "reader/blank.h"

void asterisk_lines_begin(struct asterisk_lines *lines, struct arena *arena, struct text bytes) {
	lines->arena = arena;
	lines->depth = 0;
	lines->segments.items = NULL;
	lines->segments.count = lines->segments.capacity = 0;
	asterisk_lines_continue(lines, bytes);
	lines->first = true;
}

void asterisk_lines_continue(struct asterisk_lines *lines, struct text bytes) {
	lines->bytes = bytes;
	lines->at = 0;
	lines->first = false;
	lines->may_hold_nul = bytes.length && memchr(bytes.bytes, 0, bytes.length);
	for (int32_t i = 0; i < lines->depth; i++)
		lines->opened[i] = UINT32_MAX;
}

/* What one fgets() takes: up to and with a newline, or a full buffer. */
static uint32_t chunk_end(const struct asterisk_lines *lines, uint32_t at) {
	size_t room = lines->bytes.length - at;
	if (room > ASTERISK_LINE_BUFFER)
		room = ASTERISK_LINE_BUFFER;
	const char *newline = room ? memchr(lines->bytes.bytes + at, '\n', room) : NULL;
	return newline ? (uint32_t)(newline - lines->bytes.bytes) + 1 : at + (uint32_t)room;
}

static uint32_t nul_before(const struct asterisk_lines *lines, uint32_t at, uint32_t end) {
	const char *nul = lines->may_hold_nul && end > at ? memchr(lines->bytes.bytes + at, 0, end - at) : NULL;
	return nul ? (uint32_t)(nul - lines->bytes.bytes) : end;
}

static bool fills_buffer(const struct asterisk_lines *lines, uint32_t at, uint32_t end) {
	return end - at == ASTERISK_LINE_BUFFER && lines->bytes.bytes[end - 1] != '\n' &&
	       nul_before(lines, at, end) == end;
}

static void add_segment(struct asterisk_lines *lines, enum asterisk_segment_kind kind, uint32_t start, uint32_t text,
                        uint32_t end) {
	if (start < end)
		*list_add(lines->arena, &lines->segments) = (struct asterisk_segment){kind, start, text, end};
}

/* The search for comments in one line: `floor` is the first byte that it may still look back at. */
struct search {
	struct asterisk_lines *lines;
	struct asterisk_line *line;
	uint32_t floor, end;
	enum asterisk_segment_kind kind; /* of the segment that is being collected, and where it begins */
	uint32_t start, text;
};

static char byte_at(const struct search *search, uint32_t at) {
	return at < search->end ? search->lines->bytes.bytes[at] : '\0';
}

static void change(struct search *search, enum asterisk_segment_kind kind, uint32_t at, uint32_t text) {
	add_segment(search->lines, search->kind, search->start, search->text, at);
	search->kind = kind;
	search->start = at;
	search->text = text;
}

static void open_comment(struct search *search, uint32_t at) {
	struct asterisk_lines *lines = search->lines;
	if (search->kind == ASTERISK_KEPT)
		change(search, ASTERISK_COMMENT, at, at);
	search->floor = at + 3;
	if (lines->depth >= ASTERISK_COMMENT_DEPTH) {
		search->line->too_deep = (struct span){at, at + 3};
		return;
	}
	if (lines->depth >= 0)
		lines->opened[lines->depth] = at;
	lines->depth++;
}

static void close_comment(struct search *search, uint32_t at) {
	struct asterisk_lines *lines = search->lines;
	search->floor = at + 1;
	if (lines->depth-- == 0)
		search->line->stray_end = (struct span){at - 2, at + 1};
	else if (lines->depth == 0)
		change(search, ASTERISK_KEPT, at + 1, at + 1);
}

/* Handles the semicolon at `at`; false when the rest of the line is a comment. */
static bool meet_semicolon(struct search *search, uint32_t at) {
	uint32_t behind = at - search->floor;
	if (behind >= 1 && byte_at(search, at - 1) == '\\') {
		if (search->kind == ASTERISK_KEPT)
			change(search, ASTERISK_KEPT, at - 1, at);
		search->floor = at + 1;
	} else if (byte_at(search, at + 1) == '-' && byte_at(search, at + 2) == '-' && byte_at(search, at + 3) != '-') {
		open_comment(search, at);
	} else if (behind >= 2 && byte_at(search, at - 1) == '-' && byte_at(search, at - 2) == '-') {
		close_comment(search, at);
	} else if (search->lines->depth == 0) {
		if (search->kind == ASTERISK_KEPT)
			change(search, ASTERISK_COMMENT, at, at);
		return false;
	} else {
		search->floor = at + 1;
	}
	return true;
}

static void cut_comments(struct asterisk_lines *lines, struct asterisk_line *line, uint32_t start, uint32_t end) {
	enum asterisk_segment_kind kind = lines->depth == 0  ? ASTERISK_KEPT
	                                  : lines->depth > 0 ? ASTERISK_COMMENT
	                                                     : ASTERISK_HIDDEN;
	struct search search = {lines, line, start, end, kind, start, start};
	while (search.floor < end) {
		const char *hit = memchr(lines->bytes.bytes + search.floor, ';', end - search.floor);
		if (!hit || !meet_semicolon(&search, (uint32_t)(hit - lines->bytes.bytes))) break;
	}
	uint32_t stop = end < line->end ? end : line->end;
	add_segment(lines, search.kind, search.start, search.text, stop);
	add_segment(lines, ASTERISK_HIDDEN, stop, stop, line->end);
}

static void join_kept(struct asterisk_lines *lines, struct asterisk_line *line) {
	size_t length = 0;
	for (size_t i = 0; i < lines->segments.count; i++) {
		struct asterisk_segment segment = lines->segments.items[i];
		if (segment.kind != ASTERISK_KEPT) continue;
		memcpy(lines->joined + length, lines->bytes.bytes + segment.text, segment.end - segment.text);
		length += segment.end - segment.text;
	}
	line->joined = true;
	line->text = (struct text){lines->joined, length};
}

static void collect_kept(struct asterisk_lines *lines, struct asterisk_line *line) {
	const struct asterisk_segment *last = NULL;
	size_t kept = 0;
	for (size_t i = 0; i < lines->segments.count; i++)
		if (lines->segments.items[i].kind == ASTERISK_KEPT) {
			last = &lines->segments.items[i];
			kept++;
		}
	if (kept > 1)
		join_kept(lines, line);
	else if (last)
		line->text = text_slice(lines->bytes, last->text, last->end);
}

static void skip_long_line(struct asterisk_lines *lines, struct asterisk_line *line, uint32_t at, uint32_t end) {
	while (fills_buffer(lines, at, end)) {
		at = end;
		end = chunk_end(lines, at);
	}
	line->whole.end = end;
	line->too_long = true;
}

static uint32_t skip_mark(struct asterisk_lines *lines, struct asterisk_line *line) {
	if (lines->first)
		line->mark = (struct span){0, mark_length(lines->bytes)};
	return lines->at + line->mark.end;
}

bool asterisk_lines_next(struct asterisk_lines *lines, struct asterisk_line *line) {
	uint32_t at = lines->at, end = chunk_end(lines, at);
	*line = (struct asterisk_line){.text = TEXT(""), .crosses = lines->depth != 0};
	lines->segments.count = 0;
	if (at == end) return false;
	line->whole = (struct span){skip_mark(lines, line), end};
	if (fills_buffer(lines, at, end))
		skip_long_line(lines, line, at, end);
	end = line->end = line->whole.end;
	if (lines->bytes.bytes[end - 1] == '\n') {
		line->end--;
		if (line->end > line->whole.start && lines->bytes.bytes[line->end - 1] == '\r')
			line->end--;
	}
	lines->at = end;
	lines->first = false;
	if (line->too_long) {
		add_segment(lines, ASTERISK_HIDDEN, line->whole.start, line->whole.start, line->end);
		return true;
	}
	uint32_t visible = nul_before(lines, line->whole.start, end);
	line->nul = visible < end;
	cut_comments(lines, line, line->whole.start, visible);
	collect_kept(lines, line);
	line->crosses = line->crosses || lines->depth != 0;
	return true;
}

struct span asterisk_line_span(const struct asterisk_lines *lines, struct span range) {
	struct span span = {0, 0};
	uint32_t behind = 0;
	bool started = false;
	for (size_t i = 0; i < lines->segments.count; i++) {
		struct asterisk_segment segment = lines->segments.items[i];
		if (segment.kind != ASTERISK_KEPT) continue;
		uint32_t length = segment.end - segment.text;
		if (!started && range.start == range.end && range.start <= behind + length) {
			span.start = range.start == behind ? segment.start : segment.text + (range.start - behind);
			return (struct span){span.start, span.start};
		}
		if (!started && range.start < behind + length) {
			span.start = range.start == behind ? segment.start : segment.text + (range.start - behind);
			started = true;
		}
		if (started && range.end <= behind + length) {
			span.end = segment.text + (range.end - behind);
			return span;
		}
		behind += length;
	}
	return span;
}

struct span asterisk_line_comment(const struct asterisk_lines *lines, uint32_t from) {
	struct span span = {from, from};
	for (size_t i = 0; i < lines->segments.count; i++) {
		struct asterisk_segment segment = lines->segments.items[i];
		if (segment.kind != ASTERISK_COMMENT || segment.start < from) continue;
		if (span.start == span.end)
			span.start = segment.start;
		span.end = segment.end;
	}
	return span;
}
