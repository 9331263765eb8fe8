#include "reader/asterisk/asterisk.h"

#include <string.h>

#include "reader/blank.h"

struct text asterisk_keep(struct asterisk_file *file, const struct asterisk_line *line, struct span range) {
	struct text text = text_slice(line->text, range.start, range.end);
	return line->joined ? text_copy(file->reading->arena, text) : text;
}

static struct span span_of(const struct asterisk_file *file, struct span range) {
	return asterisk_line_span(&file->lines, range);
}

/* What goes when a statement goes: its line, but only itself where a block comment crosses the line's ends. */
static struct span lines_of(const struct asterisk_line *line, struct span statement) {
	return line->crosses ? statement : line->whole;
}

static bool read_header(struct asterisk_file *file, const struct asterisk_line *line,
                        const struct asterisk_statement *statement) {
	struct arena *arena = file->reading->arena;
	struct header *header = arena_new(arena, struct header);
	struct span span = span_of(file, statement->all);
	struct text name = asterisk_keep(file, line, statement->name), options = {NULL, 0};
	header->source = file->source;
	header->lines = lines_of(line, span);
	header->name_span = span_of(file, statement->name);
	header->name = text_slice(name, 0, ASTERISK_NAME_LENGTH);
	if (statement->kind == ASTERISK_NO_BRACKET) {
		if (!asterisk_refuse(file, "no-closing-bracket", span, header->name)) return false;
	} else if (statement->kind == ASTERISK_NO_PARENTHESIS) {
		if (!asterisk_refuse(file, "no-closing-parenthesis", span, header->name)) return false;
	} else if (statement->rest.start < statement->rest.end) {
		asterisk_note(file, "text-after-bracket", span_of(file, statement->rest), header->name);
	}
	if (statement->options.start < statement->options.end) {
		struct span inside = {statement->options.start + 1, statement->options.end - 1};
		options = asterisk_keep(file, line, inside);
	}
	if (name.length > ASTERISK_NAME_LENGTH)
		asterisk_note(file, "name-cut", header->name_span, header->name);
	file->header = header;
	file->header_hidden = false;
	if (file->tokens)
		*list_add(arena, &file->reading->view->headers) = header;
	return asterisk_open_section(file, header, name, options, span);
}

static struct entry *make_entry(struct asterisk_file *file, const struct asterisk_line *line,
                                const struct asterisk_statement *statement) {
	struct entry *entry = arena_new(file->reading->arena, struct entry);
	*entry = (struct entry){
		.source = file->source, .header = file->header, .lines = lines_of(line, span_of(file, statement->all)),
		.key = span_of(file, statement->head), .operator = span_of(file, statement->operator),
		.value = span_of(file, statement->value), .appends = statement->appends,
	};
	if (statement->value.start == statement->value.end)
		entry->value = (struct span){entry->operator.end, entry->operator.end};
	entry->name = asterisk_keep(file, line, statement->name);
	entry->content = asterisk_keep(file, line, statement->content);
	entry->comment = asterisk_line_comment(&file->lines, entry->value.end);
	entry->doubtful = file->header_hidden;
	return entry;
}

static void list_entry(struct asterisk_file *file, struct entry *entry) {
	if (!file->tokens) return;
	view_add_entry(file->reading->arena, file->reading->view, entry, file->header);
}

/* A comment that touches the value on its left, or lies within it, is seldom meant as one. */
static void note_comment_in_value(struct asterisk_file *file, const struct entry *entry) {
	struct span comment = asterisk_line_comment(&file->lines, entry->value.start);
	if (comment.start < comment.end && comment.start <= entry->value.end)
		asterisk_note(file, "comment-in-value", comment, entry->name);
}

static bool read_assignment(struct asterisk_file *file, const struct asterisk_line *line,
                            const struct asterisk_statement *statement) {
	struct entry *entry = make_entry(file, line, statement);
	list_entry(file, entry);
	if (!file->section)
		return asterisk_refuse(file, "key-before-section", span_of(file, statement->all), entry->name);
	note_comment_in_value(file, entry);
	if (statement->appends && asterisk_append(file, file->section, entry)) return true;
	struct text value = statement->appends ? asterisk_keep(file, line, statement->value) : entry->content;
	asterisk_add_variable(file->reading->arena, file->section,
	                      (struct variable){.name = entry->name, .value = value, .entry = entry});
	return true;
}

static bool read_include(struct asterisk_file *file, const struct asterisk_line *line,
                         const struct asterisk_statement *statement) {
	struct span span = span_of(file, statement->all);
	if (statement->value.start == statement->value.end) {
		asterisk_note(file, "include-without-name", span, TEXT(""));
		return true;
	}
	/* The name is kept before other lines are cut: an included file has lines of its own. */
	struct text name = asterisk_keep(file, line, statement->content);
	return asterisk_include(file, name, statement->kind == ASTERISK_TRYINCLUDE, span);
}

/* The detail never holds what may be a value: `#password=x` is told as "password". */
static bool pass_over_directive(struct asterisk_file *file, const struct asterisk_line *line,
                                const struct asterisk_statement *statement) {
	struct text word = asterisk_keep(file, line, statement->name);
	if (statement->kind == ASTERISK_EXEC)
		file->reading->view->unread = TEXT("#exec");
	asterisk_note(file, statement->kind == ASTERISK_EXEC ? "exec-ignored" : "unknown-directive",
	              span_of(file, statement->all), text_cut(&word, '='));
	return true;
}

/* The text before the bracket of `ini[general]`, a header to people and a line without `=` to Asterisk; empty for other
 * lines. */
static struct span text_before_bracket(const struct asterisk_line *line, const struct asterisk_statement *statement) {
	struct span before = {statement->all.start, statement->all.start};
	struct text text = text_slice(line->text, 0, statement->all.end);
	size_t open = byte_find(text, statement->all.start, '['), close = byte_find(text, open, ']');
	bool header = close + 1 == text.length || (close + 1 < text.length && text.bytes[close + 1] == '(');
	if (header && statement->kind == ASTERISK_NO_OPERATOR)
		before.end = (uint32_t)open;
	return before;
}

/* What follows is judged as if nothing but the header stood there: as it will be read once the text is gone. */
static bool read_header_behind(struct asterisk_file *file, const struct asterisk_line *line, struct span before) {
	struct asterisk_line bare = *line;
	char *bytes = arena_array(file->reading->arena, char, line->text.length);
	memcpy(bytes, line->text.bytes, line->text.length);
	memset(bytes, ' ', before.end);
	bare.text.bytes = bytes;
	struct asterisk_statement header = asterisk_statement_parse(bare.text);
	return asterisk_refuse(file, "text-before-bracket", span_of(file, before), TEXT("")) && read_header(file, &bare, &header);
}

/* A line without `=`, or with a wrong escape, is an error before the first header all the same. */
static bool read_other(struct asterisk_file *file, const struct asterisk_line *line,
                       const struct asterisk_statement *statement) {
	struct span span = span_of(file, statement->all), before = text_before_bracket(line, statement);
	if (!file->section && before.start < before.end)
		return read_header_behind(file, line, before);
	if (!file->section)
		return asterisk_refuse(file, "key-before-section", span, TEXT(""));
	if (statement->kind == ASTERISK_INVALID_ESCAPE)
		return asterisk_refuse(file, "invalid-escape", span, TEXT(""));
	if (before.start < before.end) {
		file->header_hidden = true;
		struct span name = {before.end + 1, (uint32_t)byte_find(line->text, before.end, ']')};
		asterisk_note(file, "hidden-header", span_of(file, before), asterisk_keep(file, line, name));
	} else {
		asterisk_note(file, statement->kind == ASTERISK_NO_KEY ? "no-key" : "no-operator", span, TEXT(""));
	}
	return true;
}

static bool read_statement(struct asterisk_file *file, const struct asterisk_line *line,
                           const struct asterisk_statement *statement) {
	switch (statement->kind) {
	case ASTERISK_BLANK: return true;
	case ASTERISK_HEADER:
	case ASTERISK_NO_BRACKET:
	case ASTERISK_NO_PARENTHESIS: return read_header(file, line, statement);
	case ASTERISK_INCLUDE:
	case ASTERISK_TRYINCLUDE: return read_include(file, line, statement);
	case ASTERISK_EXEC:
	case ASTERISK_UNKNOWN_DIRECTIVE: return pass_over_directive(file, line, statement);
	case ASTERISK_ASSIGNMENT: return read_assignment(file, line, statement);
	case ASTERISK_NO_OPERATOR:
	case ASTERISK_NO_KEY:
	case ASTERISK_INVALID_ESCAPE: return read_other(file, line, statement);
	}
	return true;
}

static void note_line(struct asterisk_file *file, const struct asterisk_line *line) {
	struct span all = {line->whole.start, line->end};
	if (line->too_long)
		asterisk_note(file, "line-too-long", all, TEXT(""));
	if (line->nul)
		asterisk_note(file, "nul-byte", all, TEXT(""));
	if (line->stray_end.end)
		asterisk_note(file, "stray-comment-end", line->stray_end, TEXT(""));
}

/* A section takes as much memory as two values. */
static void count_statement(struct asterisk_file *file, const struct asterisk_statement *statement) {
	struct asterisk_reading *reading = file->reading;
	reading->statements += statement->kind == ASTERISK_HEADER ? 2 : statement->kind == ASTERISK_ASSIGNMENT;
	if (reading->statements <= reader_most_statements(reading->bytes)) return;
	reader_give_up(reading->reading);
	asterisk_stop(file, span_of(file, statement->all), "statements");
}

void asterisk_read_lines(struct asterisk_file *file) {
	struct asterisk_line line;
	bool goes_on = true;
	while (goes_on && !file->reading->stopped && asterisk_lines_next(&file->lines, &line)) {
		if (line.too_long || line.nul || line.stray_end.end)
			note_line(file, &line);
		if (line.too_deep.end)
			goes_on = asterisk_refuse_all(file, "comment-too-deep", line.too_deep, TEXT(""));
		struct asterisk_statement statement = asterisk_statement_parse(line.text);
		asterisk_cut_tokens(file, &line, &statement);
		count_statement(file, &statement);
		goes_on = goes_on && read_statement(file, &line, &statement);
	}
	asterisk_cut_rest(file);
	int32_t depth = file->lines.depth;
	uint32_t opened = depth > 0 ? file->lines.opened[depth - 1] : UINT32_MAX;
	if (opened != UINT32_MAX)
		asterisk_note(file, "unterminated-comment", (struct span){opened, opened + 3}, TEXT(""));
}

static struct text root_of(const struct reading *reading) {
	struct text root = reading->root;
	if (root.length)
		return text_ends_with(root, TEXT("/")) ? root : text_join(reading->arena, root, TEXT("/"));
	size_t slash = text_find_last_byte(reading->source->path, '/');
	return slash == TEXT_NOT_FOUND ? TEXT("") : text_slice(reading->source->path, 0, slash + 1);
}

static struct view *read_file(const struct reader *reader, struct reading *wanted) {
	struct arena *arena = wanted->arena, own = {0};
	struct asterisk_reading reading = {
		.reading = wanted,
		.arena = arena,
		.scratch = wanted->source->bytes.length > ASTERISK_LARGE ? &own : arena,
		.view = view_new(wanted),
		.root = root_of(wanted),
		.level = 1,
		.bytes = wanted->source->bytes.length,
	};
	struct asterisk_file *file = arena_new(arena, struct asterisk_file);
	map_put(arena, &reading.sources, wanted->source->path, wanted->source);
	file->reading = &reading;
	file->source = wanted->source;
	file->tokens = reading.view->tokens.items[0];
	if (reading.scratch == &own)
		view_reserve(arena, reading.view, wanted->source->bytes);
	asterisk_lines_begin(&file->lines, arena, wanted->source->bytes);
	asterisk_read_lines(file);
	arena_release(&own);
	return reading.view;
}

const struct reader reader_asterisk = {
	.name = "asterisk",
	.summary = "Asterisk's configuration files (main/config.c, 16.28 and 22.10)",
	.comment = ";",
	.has_sections = true,
	.read = read_file,
	.offer = asterisk_offer,
	.sample = sample_with_section,
};
