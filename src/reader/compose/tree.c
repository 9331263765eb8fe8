#include "reader/compose/tree.h"

#include <string.h>

#include "base/exhaustion.h"

enum { LARGEST = 1024 * 1024, DEEPEST = 32, DEEPEST_MERGE = 8, MOST_VISITS = 100000 };

/* Of a byte order mark. */
static uint32_t mark_length(struct text bytes) { return text_starts_with(bytes, TEXT("\xEF\xBB\xBF")) ? 3 : 0; }

/* Not to be read for a lack of memory is no fault of the file. libyaml does not always name that error. */
static bool fail(const yaml_parser_t *parser) {
	if (parser->error == YAML_MEMORY_ERROR || parser->error == YAML_NO_ERROR)
		exhaustion_end();
	return false;
}

static void begin(yaml_parser_t *parser, struct text bytes) {
	if (!yaml_parser_initialize(parser))
		exhaustion_end();
	yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(parser, (const unsigned char *)bytes.bytes, bytes.length);
}

/* libyaml takes time in proportion to the square of the depth, so that is asked first. */
static bool is_flat(struct text bytes) {
	yaml_parser_t parser;
	yaml_event_t event;
	yaml_event_type_t type = YAML_NO_EVENT;
	int depth = 0;
	begin(&parser, bytes);
	while (type != YAML_DOCUMENT_END_EVENT && type != YAML_STREAM_END_EVENT && depth >= 0 && depth <= DEEPEST) {
		if (!yaml_parser_parse(&parser, &event)) {
			fail(&parser);
			depth = -1;
			break;
		}
		type = event.type;
		depth += type == YAML_SEQUENCE_START_EVENT || type == YAML_MAPPING_START_EVENT;
		depth -= type == YAML_SEQUENCE_END_EVENT || type == YAML_MAPPING_END_EVENT;
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	return depth == 0;
}

bool compose_tree_read(struct arena *arena, struct source *source, struct compose_tree *tree) {
	yaml_parser_t parser;
	*tree = (struct compose_tree){.arena = arena, .source = source};
	struct text bytes = text_from(source->bytes, mark_length(source->bytes));
	if (source->bytes.length > LARGEST || !is_flat(bytes)) return false;
	begin(&parser, bytes);
	bool read = yaml_parser_load(&parser, &tree->document) == 1 || fail(&parser);
	yaml_parser_delete(&parser);
	if (read && !yaml_document_get_root_node(&tree->document)) {
		yaml_document_delete(&tree->document);
		read = false;
	}
	return read;
}

void compose_tree_release(struct compose_tree *tree) { yaml_document_delete(&tree->document); }

yaml_node_t *compose_tree_node(struct compose_tree *tree, int number) {
	return number ? yaml_document_get_node(&tree->document, number) : NULL;
}

static bool is_text(const yaml_node_t *node, const char *text) {
	size_t length = strlen(text);
	return node && node->type == YAML_SCALAR_NODE && node->data.scalar.length == length &&
	       !memcmp(node->data.scalar.value, text, length);
}

static void each(struct compose_tree *tree, yaml_node_t *map, int depth,
                 void (*visit)(void *context, yaml_node_t *key, yaml_node_t *value), void *context);

/* `<<: *one` and `<<: [*one, *two]`; of the list the first one wins, so it comes last. */
static void each_merged(struct compose_tree *tree, yaml_node_t *value, int depth,
                        void (*visit)(void *context, yaml_node_t *key, yaml_node_t *value), void *context) {
	if (!value || depth == DEEPEST_MERGE) return;
	if (value->type == YAML_MAPPING_NODE)
		each(tree, value, depth + 1, visit, context);
	if (value->type != YAML_SEQUENCE_NODE) return;
	for (yaml_node_item_t *item = value->data.sequence.items.top; item > value->data.sequence.items.start && tree->visits++ < MOST_VISITS; item--) {
		yaml_node_t *map = compose_tree_node(tree, item[-1]);
		if (map && map->type == YAML_MAPPING_NODE)
			each(tree, map, depth + 1, visit, context);
	}
}

static void each(struct compose_tree *tree, yaml_node_t *map, int depth,
                 void (*visit)(void *context, yaml_node_t *key, yaml_node_t *value), void *context) {
	yaml_node_pair_t *start = map->data.mapping.pairs.start, *top = map->data.mapping.pairs.top;
	for (yaml_node_pair_t *pair = start; pair < top && tree->visits++ < MOST_VISITS; pair++)
		if (is_text(compose_tree_node(tree, pair->key), "<<"))
			each_merged(tree, compose_tree_node(tree, pair->value), depth, visit, context);
	for (yaml_node_pair_t *pair = start; pair < top && tree->visits++ < MOST_VISITS; pair++) {
		yaml_node_t *key = compose_tree_node(tree, pair->key), *value = compose_tree_node(tree, pair->value);
		if (key && value && key->type == YAML_SCALAR_NODE && !is_text(key, "<<"))
			visit(context, key, value);
	}
}

void compose_tree_each(struct compose_tree *tree, yaml_node_t *map,
                       void (*visit)(void *context, yaml_node_t *key, yaml_node_t *value), void *context) {
	if (map && map->type == YAML_MAPPING_NODE)
		each(tree, map, 0, visit, context);
}

struct wanted {
	const char *key;
	yaml_node_t *value;
};

static void take_wanted(void *context, yaml_node_t *key, yaml_node_t *value) {
	struct wanted *wanted = context;
	if (is_text(key, wanted->key))
		wanted->value = value;
}

yaml_node_t *compose_tree_get(struct compose_tree *tree, yaml_node_t *map, const char *key) {
	struct wanted wanted = {key, NULL};
	compose_tree_each(tree, map, take_wanted, &wanted);
	return wanted.value;
}

bool compose_tree_tagged(const yaml_node_t *node, const char *tag) {
	return node && node->tag && text_is(text_of((const char *)node->tag), tag);
}

bool compose_tree_replaces(const yaml_node_t *node) {
	return compose_tree_tagged(node, "!reset") || compose_tree_tagged(node, "!override");
}

struct text compose_tree_text(struct compose_tree *tree, const yaml_node_t *node) {
	if (!node || node->type != YAML_SCALAR_NODE)
		return TEXT("");
	return text_copy(tree->arena, (struct text){(const char *)node->data.scalar.value, node->data.scalar.length});
}

/* libyaml counts characters. */
static uint32_t byte_of(struct compose_tree *tree, size_t character) {
	struct text bytes = tree->source->bytes;
	if (tree->character > character || !tree->character) {
		tree->character = 0;
		tree->byte = mark_length(bytes);
	}
	for (; tree->character < character && tree->byte < bytes.length; tree->character++) {
		tree->byte++;
		while (tree->byte < bytes.length && ((unsigned char)bytes.bytes[tree->byte] & 0xC0) == 0x80)
			tree->byte++;
	}
	return tree->byte;
}

struct span compose_tree_span(struct compose_tree *tree, const yaml_node_t *node) {
	uint32_t start = byte_of(tree, node->start_mark.index);
	return (struct span){start, byte_of(tree, node->end_mark.index)};
}
