/* What Python's configparser sees: ConfigParser(interpolation=None, strict=False).read(path, encoding='utf-8'). Sections
 * and keys that are repeated stand in the view as often as in the file: a role's `repeated_sections: merge` gives what
 * Python makes of them. [DEFAULT] is a section like the others; the first section of each other name begins with its
 * values, marked as inherited, wherever in the file it stands. */
#include "reader/configparser/configparser.h"

#include "base/buffer.h"
#include "base/map.h"
#include "reader/blank.h"
#include "reader/configparser/lower_case.h"
#include "reader/fault.h"

struct configparser_reading {
	struct arena *arena;
	struct source *source;
	struct view *view;
	struct section *section;   /* NULL before the first header */
	struct header *header;
	struct entry *entry;       /* the last key's, to which further lines may belong */
	struct buffer joined;      /* its value, once that has more than one line */
	uint32_t blank_lines;      /* since the value's last line so far */
	bool commented;            /* a comment stands below that line */
	bool statement_told;       /* of this value, once is enough */
	bool outside_told;
};

static void note(struct configparser_reading *reading, const char *kind, struct span span, struct text detail) {
	fault_add(reading->arena, reading->view, kind, (struct place){reading->source, span}, detail);
}

static struct text slice(const struct configparser_reading *reading, struct span span) {
	return source_slice(reading->source, span);
}

/* --- values --- */

static void end_entry(struct configparser_reading *reading) {
	struct entry *entry = reading->entry;
	if (!entry) return;
	if (reading->joined.length)
		entry->content = buffer_text(&reading->joined);
	*list_add(reading->arena, &reading->section->variables) =
		(struct variable){.name = entry->name, .value = entry->content, .entry = entry};
	reading->entry = NULL;
}

static void read_option(struct configparser_reading *reading, const struct configparser_line *line) {
	end_entry(reading);
	if (line->key.start == line->key.end) {
		note(reading, "invalid-key-refused", line->operator, TEXT(""));
		return;
	}
	struct entry *entry = arena_new(reading->arena, struct entry);
	*entry = (struct entry){.source = reading->source, .header = reading->header, .lines = line->whole,
	                        .key = line->key, .operator = line->operator, .value = line->value};
	entry->name = text_in_lower_case(reading->arena, slice(reading, line->key));
	entry->content = slice(reading, line->value);
	view_add_entry(reading->arena, reading->view, entry, reading->header);
	reading->entry = entry;
	reading->joined = (struct buffer){.arena = reading->arena};
	reading->blank_lines = 0;
	reading->commented = false;
	reading->statement_told = false;
}

/* The line belongs to the value above; blank lines between the two are part of it, too. */
static void read_continuation(struct configparser_reading *reading, const struct configparser_line *line) {
	struct entry *entry = reading->entry;
	if (!reading->joined.length)
		buffer_add(&reading->joined, entry->content);
	buffer_add_repeated(&reading->joined, '\n', (size_t)reading->blank_lines + 1);
	buffer_add(&reading->joined, slice(reading, line->text));
	if (!reading->statement_told && entry->content.length &&
	    configparser_looks_like_statement(reading->source->bytes, line)) {
		note(reading, "statement-in-value", line->text, entry->name);
		reading->statement_told = true;
	}
	entry->value.end = line->text.end;
	entry->lines.end = line->whole.end;
	entry->interrupted = entry->interrupted || reading->commented;
	reading->blank_lines = 0;
}

/* --- sections --- */

static void read_header(struct configparser_reading *reading, const struct configparser_line *line) {
	end_entry(reading);
	struct header *header = arena_new(reading->arena, struct header);
	struct section *section = arena_new(reading->arena, struct section);
	header->source = reading->source;
	header->lines = line->whole;
	header->name_span = line->name;
	header->name = section->name = slice(reading, line->name);
	section->header = header;
	if (line->name.end + 1 < line->text.end)
		note(reading, "text-after-bracket", (struct span){line->name.end + 1, line->text.end}, header->name);
	*list_add(reading->arena, &reading->view->headers) = header;
	*list_add(reading->arena, &reading->view->sections) = section;
	reading->header = header;
	reading->section = section;
}

static bool is_default(const struct section *section) { return text_is(section->name, "DEFAULT"); }

/* The values in force of [DEFAULT], each where its key first stood. */
static struct variable_list default_values(struct arena *arena, const struct view *view) {
	struct variable_list values = {0};
	struct map known = {0};
	for (size_t i = 0; i < view->sections.count; i++)
		values.capacity += is_default(view->sections.items[i]) ? view->sections.items[i]->variables.count : 0;
	values.items = arena_array(arena, struct variable, values.capacity);
	for (size_t i = 0; values.capacity && i < view->sections.count; i++) {
		const struct variable_list *given = &view->sections.items[i]->variables;
		for (size_t j = 0; is_default(view->sections.items[i]) && j < given->count; j++) {
			struct variable *next = &values.items[values.count];
			struct variable *value = map_put(arena, &known, given->items[j].name, next);
			values.count += value == next;
			*value = given->items[j];
			value->inherited = true;
		}
	}
	return values;
}

static void share(const struct view *view, const struct header *header) {
	for (size_t i = 0; i < header->count; i++)
		view->entries.items[header->first + i]->shared = true;
}

static void inherit(struct arena *arena, struct section *section, const struct variable_list *defaults) {
	struct variable_list all = {0};
	all.items = arena_array(arena, struct variable, defaults->count + section->variables.count);
	all.capacity = defaults->count + section->variables.count;
	for (size_t i = 0; i < defaults->count; i++)
		all.items[all.count++] = defaults->items[i];
	for (size_t i = 0; i < section->variables.count; i++)
		all.items[all.count++] = section->variables.items[i];
	section->variables = all;
}

static void inherit_all(struct configparser_reading *reading) {
	const struct view *view = reading->view;
	struct variable_list defaults = default_values(reading->arena, view);
	struct map known = {0};
	size_t inherited = 0;
	for (size_t i = 0; defaults.count && i < view->sections.count; i++) {
		struct section *section = view->sections.items[i];
		if (is_default(section) || map_put(reading->arena, &known, section->name, section) != section) continue;
		inherited += defaults.count;
		if (inherited > reader_most_inherited(reading->source->bytes.length)) {
			note(reading, "reading-limit", section->header->name_span, TEXT("inherited variables"));
			return;
		}
		inherit(reading->arena, section, &defaults);
	}
	for (size_t i = 0; inherited && i < view->sections.count; i++)
		if (is_default(view->sections.items[i]))
			share(view, view->sections.items[i]->header);
}

/* --- files --- */

/* The first such line ends Python's reading. */
static void read_outside(struct configparser_reading *reading, const struct configparser_line *line) {
	if (!reading->outside_told)
		note(reading, "key-before-section", line->text, slice(reading, line->key));
	reading->outside_told = true;
}

static void read_line(struct configparser_reading *reading, const struct configparser_line *line) {
	switch (line->kind) {
	case CONFIGPARSER_BLANK: reading->blank_lines++; break;
	case CONFIGPARSER_COMMENT: reading->commented = true; break;
	case CONFIGPARSER_HEADER: read_header(reading, line); break;
	case CONFIGPARSER_OPTION: read_option(reading, line); break;
	case CONFIGPARSER_CONTINUATION: read_continuation(reading, line); break;
	case CONFIGPARSER_OUTSIDE: read_outside(reading, line); break;
	case CONFIGPARSER_OTHER: note(reading, "not-an-assignment-refused", line->text, TEXT("")); break;
	}
}

static void note_encoding(struct configparser_reading *reading) {
	struct text bytes = reading->source->bytes;
	uint32_t mark = mark_length(bytes);
	if (mark)
		note(reading, "byte-order-mark-refused", (struct span){0, mark}, TEXT(""));
	if (text_is_utf8(bytes)) return;
	size_t at = 0;
	for (size_t step; (step = text_utf8_length(bytes.bytes + at, bytes.length - at)) > 0;)
		at += step;
	note(reading, "not-utf8-refused", (struct span){(uint32_t)at, (uint32_t)at + 1}, TEXT(""));
}

/* A section takes as much memory as two values. */
static bool may_go_on(struct configparser_reading *reading, struct reading *wanted) {
	if (reading->view->entries.count + 2 * reading->view->headers.count <= reader_most_statements(reading->source->bytes.length))
		return true;
	note(reading, "reading-limit", (struct span){0, 0}, TEXT("statements"));
	reader_give_up(wanted);
	return false;
}

static struct view *read_file(const struct reader *reader, struct reading *wanted) {
	struct configparser_reading reading = {.arena = wanted->arena, .source = wanted->source};
	struct configparser_lines lines = {.bytes = wanted->source->bytes};
	struct configparser_line line;
	reading.view = view_new(wanted);
	struct token_list *tokens = reading.view->tokens.items[0];
	note_encoding(&reading);
	token_add(tokens, TOKEN_MARK, 0, mark_length(wanted->source->bytes));
	while (may_go_on(&reading, wanted) && configparser_next(&lines, &line)) {
		configparser_cut_tokens(tokens, &line);
		read_line(&reading, &line);
	}
	end_entry(&reading);
	inherit_all(&reading);
	return reading.view;
}

/* --- writing --- */

/* One form: the value as it is. What has a blank at an edge, or line ends, has none: lines that belong to a value must be
 * indented deeper than its key, and the value says nothing of that. */
static bool offer_value(const struct reader *reader, struct arena *arena, struct text value, unsigned attempt, struct text *offer) {
	*offer = value;
	return attempt == 0 && line_end_find(value, 0) == value.length;
}

const struct reader reader_configparser = {
	.name = "configparser",
	.summary = "Python's configparser (3.11): interpolation=None, strict=False, else its defaults",
	.comment = "#",
	.has_sections = true,
	.read = read_file,
	.offer = offer_value,
	.sample = sample_with_section,
};
