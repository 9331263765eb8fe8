/* What may be written at the cursor: keys of the section, values of the key, templates of a header. */
#include "lsp/candidate.h"
#include "lsp/point.h"
#include "lsp/prose.h"
#include "lsp/range.h"
#include "redact/redact.h"

/* Of the protocol's CompletionItemKind. */
enum { KIND_MODULE = 9, KIND_PROPERTY = 10, KIND_VALUE = 12 };

enum { MOST_ITEMS = 500, MOST_ALLOWED = 8, LAST = 9999 };

struct completion {
	const struct server *server;
	struct arena *arena;
	struct json *json;
	struct point point;
	struct writing writing;
	struct span typed;     /* what an item takes the place of */
	size_t count;
};

/* --- the line --- */

/* What of the line stands before the cursor. */
static struct span line_before(const struct point *point) {
	struct text bytes = point->source->bytes;
	uint32_t start = point->offset;
	while (start && bytes.bytes[start - 1] != '\n' && bytes.bytes[start - 1] != '\r')
		start--;
	return (struct span){start, point->offset};
}

static bool is_blank(char byte) { return byte == ' ' || byte == '\t'; }

/* Cuts blanks, or a word and the blanks behind it, off the start. */
static void skip(const struct source *source, struct span *span, const char *word) {
	struct text text = source_slice(source, *span), prefix = text_of(word);
	size_t at = text_starts_with(text, prefix) ? prefix.length : 0;
	if (prefix.length && (at == text.length || !is_blank(text.bytes[at]))) return;
	while (at < text.length && is_blank(text.bytes[at]))
		at++;
	span->start += (uint32_t)at;
}

/* Whether the rest of the line is empty. */
static bool ends_line(const struct point *point) {
	struct text rest = text_from(point->source->bytes, point->offset);
	size_t at = 0;
	while (at < rest.length && is_blank(rest.bytes[at]))
		at++;
	return at == rest.length || rest.bytes[at] == '\n' || rest.bytes[at] == '\r';
}

/* The statement that the file's first reader sees there once the text stands in place of what is typed; NULL: it sees none. */
static const struct entry *read_with(const struct completion *completion, struct text text) {
	const struct point *point = &completion->point;
	struct arena *arena = completion->arena;
	struct text bytes = point->source->bytes, head = text_join(arena, text_slice(bytes, 0, completion->typed.start), text);
	struct source *source = source_from_text(arena, point->source->path, text_join(arena, head, text_from(bytes, point->offset)));
	source->status = point->source->status;
	const struct view *view = point_read(point, arena, source, TOKENS_NONE);
	for (size_t i = 0; i < view->entries.count; i++) {
		const struct entry *entry = view->entries.items[i];
		if (entry->source == source && completion->typed.start >= entry->lines.start && completion->typed.start < entry->lines.end)
			return entry;
	}
	return NULL;
}

/* --- items --- */

static void begin_item(struct completion *completion, unsigned kind, struct text label) {
	struct json *json = completion->json;
	completion->count++;
	json_object(json, NULL);
	json_text(json, "label", redact_output(completion->arena, label));
	json_number(json, "kind", kind);
}

/* `rank` comes first in the order of items. */
static void end_item(struct completion *completion, size_t rank, struct text written) {
	struct json *json = completion->json;
	json_text(json, "sortText", text_format(completion->arena, "%04zu%04zu", rank, completion->count));
	json_object(json, "textEdit");
	range_write(json, "range", analysis_layout(completion->point.analysis, completion->point.source), completion->typed);
	json_text(json, "newText", redact_output(completion->arena, written));
	json_end(json);
	json_end(json);
}

static void document(struct completion *completion, const struct prose *prose) {
	if (!prose->out.length) return;
	json_object(completion->json, "documentation");
	json_text(completion->json, "kind", prose->marked ? TEXT("markdown") : TEXT("plaintext"));
	json_text(completion->json, "value", redact_output(completion->arena, buffer_text(&prose->out)));
	json_end(completion->json);
}

/* --- keys --- */

/* As the statements above it are written. */
static struct text operator_of(const struct completion *completion) {
	const struct point *point = &completion->point;
	const struct view *view = point->file->view;
	struct text operator = point->file->readers[0]->has_sections ? TEXT(" = ") : TEXT("=");
	for (size_t i = 0; i < view->entries.count; i++) {
		const struct entry *entry = view->entries.items[i];
		bool above = entry->source == point->source && entry->lines.end <= completion->typed.start;
		if (!above || entry->value.end == entry->value.start || entry->value.start - entry->key.end > 4) continue;
		struct text between = text_slice(point->source->bytes, entry->key.end, entry->value.start);
		if (text_is(text_trim(between, " "), "=") || text_is(text_trim(between, " "), "=>"))
			operator = between;
	}
	return operator;
}

static bool is_there(const struct completion *completion, struct text key) {
	const struct variable_list *variables = &completion->writing.places.items[0].section->variables;
	for (size_t i = 0; i < variables->count; i++)
		if (text_equal_ignoring_case(variables->items[i].name, key) && variables->items[i].entry != completion->point.entry)
			return true;
	return false;
}

/* Without a default, which is told for itself. */
static struct text names_of(struct arena *arena, const struct candidate_list *list) {
	struct buffer out = {.arena = arena};
	size_t count = 0;
	for (size_t i = 0; i < list->count; i++)
		if (!list->items[i].setting && ++count <= MOST_ALLOWED)
			buffer_format(&out, "%s`%.*s`", out.length ? ", " : "", TEXT_ARGUMENTS(list->items[i].text));
	buffer_add_string(&out, count > MOST_ALLOWED ? ", ..." : "");
	return buffer_text(&out);
}

static void document_key(struct completion *completion, const struct candidate *candidate) {
	struct prose prose = {.out = {.arena = completion->arena}, .marked = completion->server->client.marks_items};
	struct candidate_list values = candidate_values(&completion->writing, candidate->text);
	const struct meaning *meaning = candidate_meaning(&completion->writing, candidate->text);
	if (meaning)
		prose_add(&prose, words_in(&meaning->about, completion->point.analysis->options.language));
	struct text names = names_of(completion->arena, &values);
	if (names.length)
		prose_paragraph(&prose);
	if (names.length)
		prose_add(&prose, server_say(completion->server, completion->arena, WORDING_ALLOWED, names));
	document(completion, &prose);
}

static void add_key(struct completion *completion, const struct candidate *candidate, struct text behind) {
	const struct setting *setting = candidate->setting;
	begin_item(completion, KIND_PROPERTY, candidate->text);
	if (setting && setting->has_default && setting->default_text.length)
		json_text(completion->json, "detail", server_say(completion->server, completion->arena, WORDING_DEFAULT, setting->default_text));
	document_key(completion, candidate);
	end_item(completion, is_there(completion, candidate->text) ? LAST : candidate->rank, text_join(completion->arena, candidate->text, behind));
}

static bool is_meant(const struct completion *completion, struct text text) {
	struct text typed = source_slice(completion->point.source, completion->typed);
	return text_equal_ignoring_case(text_slice(text, 0, typed.length), typed);
}

/* Not every file is made of lines `key = value`. */
static bool is_key_there(const struct completion *completion, struct text key, struct text behind) {
	struct text written = text_join(completion->arena, key, behind);
	const struct entry *entry = read_with(completion, behind.length ? text_join(completion->arena, written, TEXT("x")) : written);
	return entry && text_equal(entry->name, key);
}

static void complete_key(struct completion *completion) {
	struct candidate_list keys = candidate_keys(&completion->writing);
	struct text behind = ends_line(&completion->point) ? operator_of(completion) : TEXT("");
	if (!keys.count || !is_key_there(completion, keys.items[0].text, behind)) return;
	for (size_t i = 0; i < keys.count && completion->count < MOST_ITEMS; i++)
		if (is_meant(completion, keys.items[i].text))
			add_key(completion, &keys.items[i], behind);
}

/* --- values --- */

/* Whether the value stands for itself as it is written. */
static bool is_value_there(const struct completion *completion, struct text value) {
	bool plain = true;
	for (size_t i = 0; i < value.length; i++)
		plain = plain && (text_is_word_byte(value.bytes[i]) || text_has_byte(TEXT("-.:/@+"), value.bytes[i]));
	const struct entry *entry = plain ? NULL : read_with(completion, value);
	return plain || (entry && text_equal(entry->content, value));
}

static void complete_value(struct completion *completion, struct text key) {
	struct candidate_list values = candidate_values(&completion->writing, key);
	for (size_t i = 0; i < values.count && completion->count < MOST_ITEMS; i++) {
		if (!is_meant(completion, values.items[i].text) || !is_value_there(completion, values.items[i].text)) continue;
		begin_item(completion, KIND_VALUE, values.items[i].text);
		end_item(completion, 0, values.items[i].text);
	}
}

/* --- templates --- */

static void complete_template(struct completion *completion) {
	const struct view *view = completion->point.file->view;
	for (size_t i = 0; i < view->sections.count && completion->count < MOST_ITEMS; i++) {
		const struct section *section = view->sections.items[i];
		if (!section->template || section->header == completion->point.header || !is_meant(completion, section->name)) continue;
		begin_item(completion, KIND_MODULE, section->name);
		end_item(completion, 0, section->name);
	}
}

/* --- the whole --- */

/* The section that a statement at the cursor is in; a file that is refused halfway may show none of that header. */
static void enter_section(struct subject *place, const struct point *point, struct arena *arena) {
	const struct view *view = point->file->view;
	bool has_sections = point->file->readers[0]->has_sections;
	*place = (struct subject){.file = point->file};
	if (point_subject(point, place)) return;
	for (uint32_t i = 0; i < view->sections.count && !place->section; i++) {
		const struct section *section = view->sections.items[i];
		if (has_sections ? !point->header || section->header != point->header : section->name.length > 0) continue;
		*place = (struct subject){
			.file = point->file, .section = section, .section_number = i, .group = point->file->group_of[i]};
	}
	if (place->section || (has_sections && !point->header)) return;
	struct section *section = arena_new(arena, struct section);
	if (point->header)
		*section = (struct section){.name = point->header->name, .header = point->header};
	place->section = section;
}

/* A file has a place for each of its roles. */
static void enter_places(struct completion *completion) {
	const struct point *point = &completion->point;
	const struct file_list *files = &point->analysis->lint.files;
	struct subject place;
	for (size_t i = 0; i < files->count; i++) {
		if (files->items[i]->source != point->file->source) continue;
		struct point there = point_in(point, files->items[i]);
		enter_section(&place, &there, completion->arena);
		if (place.section)
			*list_add(completion->arena, &completion->writing.places) = place;
	}
}

/* Finds what is half written before the cursor, and offers what it may become. */
static void complete_line(struct completion *completion) {
	const struct source *source = completion->point.source;
	struct span line = line_before(&completion->point);
	skip(source, &line, "");
	skip(source, &line, "export");
	struct text text = source_slice(source, line);
	size_t operator = text_find_byte(text, '='), open = text_find(text, TEXT("]("));
	completion->typed = line;
	if (text_starts_with(text, TEXT("["))) {
		size_t last = text_find_last_byte(text, ',');
		if (open == TEXT_NOT_FOUND || text_has_byte(text, ')')) return;
		completion->typed.start += (uint32_t)(last != TEXT_NOT_FOUND && last > open ? last + 1 : open + 2);
		complete_template(completion);
	} else if (completion->writing.places.count && operator == TEXT_NOT_FOUND) {
		complete_key(completion);
	} else if (completion->writing.places.count) {
		completion->typed.start += (uint32_t)operator + 1;
		if (text_starts_with(source_slice(source, completion->typed), TEXT(">")))
			completion->typed.start++;
		skip(source, &completion->typed, "");
		struct text value = source_slice(source, completion->typed);
		if (value.length && text_has_byte(TEXT("'\""), value.bytes[0]))
			completion->typed.start++;
		complete_value(completion, text_trim(text_slice(text, 0, operator), " \t+"));
	}
}

static bool is_in_remark(struct completion *completion) {
	struct point *point = &completion->point;
	struct span line = line_before(point);
	struct token token = point_token(point, completion->arena);
	bool remark = token.kind == TOKEN_COMMENT && token.span.start < point->offset;
	/* A value may have several lines. */
	return remark || (point->entry && point->entry->value.start < line.start);
}

static void complete(struct server *server, const struct json_object *params, struct reply *reply) {
	struct completion completion = {.server = server, .arena = reply->arena, .json = &reply->json};
	if (!point_find(server, params, reply, &completion.point)) return;
	completion.writing = (struct writing){.lint = &completion.point.analysis->lint, .arena = reply->arena};
	json_list(&reply->json, NULL);
	if (!is_in_remark(&completion)) {
		enter_places(&completion);
		complete_line(&completion);
	}
	json_end(&reply->json);
}

const struct method completion_methods[] = {{"textDocument/completion", true, complete}, {0}};
