/* schema: the formats of files that people write, as JSON Schemas for editors. Written from the shapes that the loader
 * reads these files by. */

#include "command/command.h"
#include "command/output.h"
#include "command/schema_terms.h"
#include "configuration/load.h"
#include "handler/load.h"
#include "rule/shapes.h"

static const struct schema {
	const char *name;
	const char *title;
	const struct shape *shape;
} schemas[] = {
	{"rules", "arilint rule pack", &shape_pack},
	{"cases", "arilint cases of a rule", &shape_cases},
	{"catalogue", "arilint translations of a rule pack", &shape_catalogue},
	{"configuration", "arilint configuration (.arilint.yaml)", &shape_configuration},
	{"handlers", "arilint handlers (/etc/arilint/handlers.d)", &shape_handlers},
};

enum { SCHEMA_COUNT = sizeof(schemas) / sizeof(schemas[0]), MOST_SHAPES = 64 };

/* The shapes of a schema, each once: those that a shape speaks of come behind it. */
struct shapes {
	const struct shape *items[MOST_SHAPES];
	size_t count;
};

static void collect(struct shapes *shapes, const struct shape *shape) {
	for (size_t i = 0; i < shapes->count; i++)
		if (shapes->items[i] == shape)
			return;
	if (!shape->name || shapes->count == MOST_SHAPES) return;
	shapes->items[shapes->count++] = shape;
	for (const struct member *member = shape->members; member->field; member++)
		if (member->of && member->name)
			collect(shapes, member->of);
}

/* --- members --- */

static void add_words(struct json *json, const struct word *words) {
	json_list(json, "enum");
	for (; words->name; words++)
		json_text(json, NULL, text_of(words->name));
	json_end(json);
}

static void add_items(struct json *json, const char *definition) {
	json_text(json, "type", TEXT("array"));
	json_object(json, "items");
	schema_add_reference(json, definition);
	json_end(json);
}

/* A member whose type is told by the shape of what stands in it. */
static void add_held(struct json *json, const struct member *member) {
	const char *definition = member->of->structure;
	if (member->type == &member_pointers) {
		json_text(json, "type", TEXT("object"));
		json_object(json, "propertyNames");
		schema_add_reference(json, "name");
		json_end(json);
		json_object(json, "additionalProperties");
		schema_add_reference(json, definition);
		json_end(json);
	} else if (member->type == &member_array_or_one) {
		json_list(json, "anyOf");
		json_object(json, NULL);
		schema_add_reference(json, definition);
		json_end(json);
		json_object(json, NULL);
		add_items(json, definition);
		json_end(json);
		json_end(json);
	} else if (member->type->memory == MEMORY_ARRAY) {
		add_items(json, definition);
	} else {
		schema_add_reference(json, definition);
	}
}

static void add_member(struct json *json, const struct member *member) {
	const char *schema = member->type->schema;
	json_row(json, member->name);
	json_text(json, "description", text_of(member->summary));
	if (member->words)
		add_words(json, member->words);
	else if (!schema)
		add_held(json, member);
	else if (*schema == '\'')
		schema_add_members(json, schema);
	else
		schema_add_reference(json, schema);
	json_end(json);
}

/* --- shapes --- */

static void add_required(struct json *json, const struct shape *shape) {
	json_list(json, "required");
	for (const struct member *member = shape->members; member->field; member++)
		if (member->name && member->needed)
			json_text(json, NULL, text_of(member->name));
	json_end(json);
}

static bool is_map(const struct shape *shape) {
	for (const struct member *member = shape->members; member->field; member++)
		if (member->name)
			return true;
	return false;
}

static void add_shape(struct json *json, const struct shape *shape) {
	json_row(json, shape->structure);
	json_text(json, "description", text_of(shape->summary));
	if (shape->schema)
		schema_add_members(json, shape->schema);
	if (is_map(shape)) {
		json_text(json, "type", TEXT("object"));
		json_truth(json, "additionalProperties", false);
		add_required(json, shape);
		json_object(json, "properties");
		for (const struct member *member = shape->members; member->field; member++)
			if (member->name)
				add_member(json, member);
		json_end(json);
	}
	json_end(json);
}

static void add_schema(struct json *json, const struct schema *schema) {
	struct shapes shapes = {0};
	collect(&shapes, schema->shape);
	json_object(json, NULL);
	json_text(json, "$schema", TEXT("https://json-schema.org/draft/2020-12/schema"));
	json_text(json, "title", text_of(schema->title));
	schema_add_reference(json, schema->shape->structure);
	json_row(json, "$defs");
	for (size_t i = 0; i < shapes.count; i++)
		add_shape(json, shapes.items[i]);
	schema_add_terms(json);
	json_end(json);
	json_end(json);
	buffer_add_byte(json->out, '\n');
}

/* --- the verb --- */

static const struct schema *find_schema(struct text name) {
	for (size_t i = 0; i < SCHEMA_COUNT; i++)
		if (text_is(name, schemas[i].name))
			return &schemas[i];
	return NULL;
}

static int run(struct call *call) {
	struct buffer out = {.arena = call->arena};
	struct json json = {.out = &out};
	const struct schema *schema = call->options.paths.count ? find_schema(call->options.paths.items[0]) : NULL;
	if (!schema)
		return call_misuse(call, TEXT("there are five schemas; name one"));
	add_schema(&json, schema);
	return output_print(buffer_text(&out)) ? EXIT_CLEAN : EXIT_UNTOLD;
}

const struct verb verb_schema = {
	.name = "schema", .flag = VERB_SCHEMA, .only_reads = true, .most_words = 1, .run = run,
	.usage = "arilint schema rules|cases|catalogue|configuration|handlers",
	.summary = "Prints the JSON Schema (draft 2020-12) of a kind of file, for editors.",
	.examples = "  arilint schema rules > rules.schema.json\n"
	            "  arilint schema configuration > arilint.schema.json",
};
