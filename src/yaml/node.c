#include "yaml/node.h"

#include <string.h>
#include <yaml.h>

#include "base/exhaustion.h"

enum { LARGEST_FILE = 1024 * 1024, DEEPEST = 32 };

struct node_list LIST_OF(struct node);

/* One level of the tree that is being read: what has come so far of a list or map. */
struct level {
	struct node node;
	struct node_list items;
};

struct tree_reader {
	struct diagnostics *diagnostics;
	struct arena *arena;
	struct source *source;
	struct text rule;
	struct level levels[DEEPEST];
	size_t depth;
	struct node root;
	bool has_root;
	bool failed;
};

const struct node *node_get(const struct node *map, const char *key) {
	for (size_t i = 0; map && map->kind == NODE_MAP && i < map->count; i++)
		if (text_is(map->items[2 * i].text, key))
			return &map->items[2 * i + 1];
	return NULL;
}

static uint32_t offset_of(struct source *source, uint32_t line, uint32_t column) {
	struct span span = source_line(source, line);
	struct text bytes = source_slice(source, span);
	size_t at = 0;
	for (uint32_t i = 1; i < column && at < bytes.length; i++) {
		size_t step = text_utf8_length(bytes.bytes + at, bytes.length - at);
		at += step ? step : 1;
	}
	return span.start + (uint32_t)at;
}

struct span node_span(struct source *source, const struct node *node) {
	struct span span = {offset_of(source, node->line, node->column),
	                    offset_of(source, node->end_line, node->end_column)};
	/* A map or list may run on for pages: point at its first line. */
	struct span line = source_line(source, node->line);
	if (span.end > line.end)
		span.end = line.end;
	return span.end < span.start ? (struct span){span.start, span.start} : span;
}

static void complain(struct tree_reader *reader, yaml_mark_t mark, struct text message) {
	uint32_t at = offset_of(reader->source, (uint32_t)mark.line + 1, (uint32_t)mark.column + 1);
	struct place place = {reader->source, {at, at}};
	diagnostics_add(reader->diagnostics, reader->rule, SEVERITY_ERROR, place, message);
	reader->failed = true;
}

static struct node node_at(enum node_kind kind, const yaml_event_t *event) {
	yaml_mark_t start = event->start_mark, end = event->end_mark;
	return (struct node){
		.kind = kind, .line = (uint32_t)start.line + 1, .column = (uint32_t)start.column + 1,
		.end_line = (uint32_t)end.line + 1, .end_column = (uint32_t)end.column + 1};
}

static void add_node(struct tree_reader *reader, struct node node) {
	if (reader->depth) {
		*list_add(reader->arena, &reader->levels[reader->depth - 1].items) = node;
	} else {
		reader->root = node;
		reader->has_root = true;
	}
}

static void open_level(struct tree_reader *reader, enum node_kind kind, const yaml_event_t *event) {
	if (reader->depth == DEEPEST) {
		complain(reader, event->start_mark, TEXT("nested more than 32 levels deep"));
		return;
	}
	reader->levels[reader->depth++] = (struct level){.node = node_at(kind, event)};
}

static void close_level(struct tree_reader *reader) {
	struct level *level = &reader->levels[--reader->depth];
	level->node.items = level->items.items;
	level->node.count = level->node.kind == NODE_MAP ? level->items.count / 2 : level->items.count;
	if (level->items.count) {
		const struct node *last = &level->items.items[level->items.count - 1];
		level->node.end_line = last->end_line;
		level->node.end_column = last->end_column;
	}
	add_node(reader, level->node);
}

static void refuse_decoration(struct tree_reader *reader, const yaml_event_t *event, const yaml_char_t *anchor,
                              const yaml_char_t *tag) {
	if (anchor)
		complain(reader, event->start_mark, TEXT("anchors (&name) are not allowed here"));
	if (tag)
		complain(reader, event->start_mark, TEXT("tags (!name) are not allowed here"));
}

static void take_scalar(struct tree_reader *reader, const yaml_event_t *event) {
	struct node node = node_at(NODE_TEXT, event);
	const char *bytes = (const char *)event->data.scalar.value;
	node.text = text_copy(reader->arena, (struct text){bytes, event->data.scalar.length});
	refuse_decoration(reader, event, event->data.scalar.anchor, event->data.scalar.tag);
	add_node(reader, node);
}

static void take_event(struct tree_reader *reader, const yaml_event_t *event) {
	switch (event->type) {
	case YAML_SCALAR_EVENT: take_scalar(reader, event); break;
	case YAML_SEQUENCE_START_EVENT:
		refuse_decoration(reader, event, event->data.sequence_start.anchor, event->data.sequence_start.tag);
		open_level(reader, NODE_LIST, event);
		break;
	case YAML_MAPPING_START_EVENT:
		refuse_decoration(reader, event, event->data.mapping_start.anchor, event->data.mapping_start.tag);
		open_level(reader, NODE_MAP, event);
		break;
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT: close_level(reader); break;
	case YAML_ALIAS_EVENT:
		complain(reader, event->start_mark, TEXT("aliases (*name) are not allowed here"));
		break;
	case YAML_DOCUMENT_START_EVENT:
		if (reader->has_root)
			complain(reader, event->start_mark, TEXT("a second YAML document; put it in a file of its own"));
		break;
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_STREAM_END_EVENT:
	case YAML_DOCUMENT_END_EVENT: break;
	}
}

static struct text describe_problem(struct arena *arena, const yaml_parser_t *parser) {
	const char *problem = parser->problem ? parser->problem : "can't be read";
	if (parser->context)
		return text_format(arena, "not YAML: %s, %s", parser->context, problem);
	return text_format(arena, "not YAML: %s", problem);
}

static void read_events(struct tree_reader *reader, yaml_parser_t *parser) {
	bool ended = false;
	while (!ended && !reader->failed) {
		yaml_event_t event;
		if (!yaml_parser_parse(parser, &event)) {
			/* It does not always name this error. */
			if (parser->error == YAML_MEMORY_ERROR || parser->error == YAML_NO_ERROR)
				exhaustion_end();
			complain(reader, parser->problem_mark, describe_problem(reader->arena, parser));
			return;
		}
		ended = event.type == YAML_STREAM_END_EVENT;
		take_event(reader, &event);
		yaml_event_delete(&event);
	}
}

static bool has_yaml_name(struct text path) {
	return text_ends_with(path, TEXT(".yaml")) || text_ends_with(path, TEXT(".yml")) || text_ends_with(path, TEXT(".json"));
}

const struct node *node_read(struct diagnostics *diagnostics, struct source *source) {
	return node_read_as(diagnostics, source, TEXT("arilint/pack"));
}

const struct node *node_read_as(struct diagnostics *diagnostics, struct source *source, struct text rule) {
	struct tree_reader reader = {
		.diagnostics = diagnostics, .arena = diagnostics->arena, .source = source, .rule = rule};
	yaml_mark_t start = {0};
	/* A frame shows lines of a file: no fault may show those of any file that somebody names. */
	if (!has_yaml_name(source->path)) {
		diagnostics_add(diagnostics, rule, SEVERITY_ERROR, (struct place){source, {0, 0}},
		                TEXT("not YAML by its name, which ends in .yaml or .yml; nothing of it is shown"));
		return NULL;
	}
	if (source->bytes.length > LARGEST_FILE) {
		complain(&reader, start, TEXT("larger than 1 MiB, the most that is read; make it smaller"));
		return NULL;
	}
	yaml_parser_t parser;
	if (!yaml_parser_initialize(&parser))
		exhaustion_end();
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	const char *bytes = source->bytes.length ? source->bytes.bytes : "";
	yaml_parser_set_input_string(&parser, (const unsigned char *)bytes, source->bytes.length);
	read_events(&reader, &parser);
	yaml_parser_delete(&parser);
	if (!reader.failed && !reader.has_root)
		complain(&reader, start, TEXT("empty: it must begin with `arilint: 1`"));
	if (reader.failed) return NULL;
	struct node *root = arena_new(diagnostics->arena, struct node);
	*root = reader.root;
	return root;
}
