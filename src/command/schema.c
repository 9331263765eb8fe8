/* schema: the format of rule packs as a JSON Schema, for editors. Names of checks, filters, fix operators, readers,
 * fields and effects come from the tables that the loader reads packs by. */
#include <stdio.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "command/command.h"
#include "command/options.h"
#include "command/schema_shapes.h"
#include "command/tell.h"
#include "diagnostic/effect.h"
#include "rule/pack.h"

struct field_row {
	const char *name;
	unsigned things;
};

static const struct field_row fields[] = {
#define FIELD(name, things) {#name, things},
#include "rule/fields.def"
#undef FIELD
};

static const struct {
	const char *name;
	unsigned thing;
} things[] = {{"file", THING_FILE},   {"section", THING_SECTION}, {"key", THING_KEY},
              {"fault", THING_FAULT}, {"line", THING_LINE},       {"setting", THING_SETTING},
              {"answer", THING_ANSWER}};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* --- pieces --- */

static void add_string(struct buffer *out, const char *string)
{
	buffer_add_json(out, text_of(string));
}

/* JSON with ' for ". */
static void add_json(struct buffer *out, const char *json)
{
	for (; *json; json++)
		buffer_add_byte(out, *json == '\'' ? '"' : *json);
}

static void open_definition(struct buffer *out, const char *name)
{
	struct text so_far = buffer_text(out);
	buffer_add_string(out, so_far.bytes[so_far.length - 1] == '{' ? "\n    " : ",\n    ");
	add_string(out, name);
	buffer_add_string(out, ": {");
}

static void add_reference_to(struct buffer *out, const char *type)
{
	buffer_format(out, "\"$ref\": \"#/$defs/%s\"", type);
}

/* --- shapes --- */

static void add_held(struct buffer *out, const struct property *property)
{
	static const struct {
		const char *before, *behind;
	} around[] = {
		[ONE] = {"", ""},
		[ONE_OR_LIST] = {"", ""},
		[LIST] = {"'type': 'array', 'items': {", "}"},
		[MAP] = {"'type': 'object', 'propertyNames': {'$ref': '#/$defs/name'}, 'additionalProperties': {", "}"},
		[MAP_OF_FILES] = {"'type': 'object', 'propertyNames': {'minLength': 1}, 'additionalProperties': {", "}"},
	};
	if (property->holding == ONE_OR_LIST) {
		buffer_add_string(out, "\"anyOf\": [{");
		add_reference_to(out, property->type);
		buffer_add_string(out, "}, {\"type\": \"array\", \"items\": {");
		add_reference_to(out, property->type);
		buffer_add_string(out, "}}]");
		return;
	}
	add_json(out, around[property->holding].before);
	add_reference_to(out, property->type);
	add_json(out, around[property->holding].behind);
}

static void add_required(struct buffer *out, const struct property *properties)
{
	const char *before = "\"required\": [";
	for (; properties->name; properties++) {
		if (!properties->required)
			continue;
		buffer_add_string(out, before);
		add_string(out, properties->name);
		before = ", ";
	}
	if (*before == ',')
		buffer_add_string(out, "], ");
}

static void add_shape(struct buffer *out, const struct shape *shape)
{
	open_definition(out, shape->name);
	buffer_add_string(out, "\"description\": ");
	add_string(out, shape->description);
	buffer_add_string(out, ", \"type\": \"object\", \"additionalProperties\": false, ");
	add_required(out, shape->properties);
	if (shape->more) {
		add_json(out, shape->more);
		buffer_add_string(out, ", ");
	}
	buffer_add_string(out, "\"properties\": {");
	for (const struct property *property = shape->properties; property->name; property++) {
		buffer_add_string(out, property == shape->properties ? "\n      " : ",\n      ");
		add_string(out, property->name);
		buffer_add_string(out, ": {\"description\": ");
		add_string(out, property->description);
		buffer_add_string(out, ", ");
		add_held(out, property);
		buffer_add_byte(out, '}');
	}
	buffer_add_string(out, "}}");
}

/* --- what the tables hold --- */

static void add_choice(struct buffer *out, bool first, const char *name, const char *description)
{
	bool number = *name >= '0' && *name <= '9';
	buffer_add_string(out, first ? "\n      " : ",\n      ");
	buffer_add_string(out, "{\"description\": ");
	add_string(out, description);
	buffer_add_string(out, ", \"enum\": [");
	add_string(out, name);
	/* A YAML reader may take it for a number. */
	if (number)
		buffer_format(out, ", %s", name);
	buffer_add_string(out, "]}");
}

static void add_effects(struct buffer *out)
{
	open_definition(out, "effect");
	buffer_add_string(out, "\"oneOf\": [");
	for (size_t i = 0; effects[i].name; i++)
		add_choice(out, !i, effects[i].name, effects[i].meaning);
	buffer_add_string(out, "]}");
}

static void add_readers(struct buffer *out)
{
	open_definition(out, "reader");
	buffer_add_string(out, "\"oneOf\": [");
	for (size_t i = 0; readers[i]; i++)
		add_choice(out, !i, readers[i]->name, readers[i]->summary);
	buffer_add_string(out, "]}");
	open_definition(out, "readers");
	buffer_add_string(out, "\"anyOf\": [{");
	add_reference_to(out, "reader");
	buffer_format(out, "}, {\"type\": \"array\", \"maxItems\": %d, \"items\": {", ROLE_MOST_READERS);
	add_reference_to(out, "reader");
	buffer_add_string(out, "}}]}");
}

static const char *json_of_argument(enum argument_kind kind)
{
	switch (kind) {
	case ARGUMENT_NONE:
	case ARGUMENT_READERS: break;
	case ARGUMENT_TEXT:
	case ARGUMENT_PATTERN: return "'$ref': '#/$defs/text'";
	case ARGUMENT_TRUTH: return "'$ref': '#/$defs/truth'";
	case ARGUMENT_TEXTS: return "'$ref': '#/$defs/texts'";
	case ARGUMENT_LIST: return "'$ref': '#/$defs/name'";
	case ARGUMENT_REFERENCE: return "'$ref': '#/$defs/reference'";
	case ARGUMENT_RANGE: return "'$ref': '#/$defs/range'";
	}
	return "'type': ['string', 'null']";
}

static void add_checks(struct buffer *out)
{
	open_definition(out, "checks");
	buffer_add_string(out, "\"type\": \"object\", \"additionalProperties\": false, \"properties\": {");
	for (size_t i = 0; checks[i]; i++) {
		buffer_add_string(out, i ? ",\n      " : "\n      ");
		add_string(out, checks[i]->name);
		buffer_add_string(out, ": {\"description\": ");
		add_string(out, checks[i]->summary);
		buffer_add_string(out, ", ");
		add_json(out, json_of_argument(checks[i]->argument));
		buffer_add_byte(out, '}');
	}
	buffer_add_string(out, "}}");
}

static void add_operator(struct buffer *out, const struct fix_operator *operator)
{
	const char *before = "\"required\": [";
	buffer_add_string(out, "\n      ");
	add_string(out, operator->name);
	buffer_add_string(out, ": {\"description\": ");
	add_string(out, operator->summary);
	buffer_add_string(out, ", \"type\": \"object\", \"additionalProperties\": false, ");
	for (const struct fix_argument *argument = operator->arguments; argument->name; argument++) {
		if (argument->optional)
			continue;
		buffer_add_string(out, before);
		add_string(out, argument->name);
		before = ", ";
	}
	buffer_add_string(out, *before == ',' ? "], \"properties\": {" : "\"properties\": {");
	for (const struct fix_argument *argument = operator->arguments; argument->name; argument++) {
		buffer_add_string(out, argument == operator->arguments ? "" : ", ");
		add_string(out, argument->name);
		buffer_add_string(out, ": {");
		add_reference_to(out, argument->kind == FIX_PLACE ? "reference" : "template");
		buffer_add_byte(out, '}');
	}
	buffer_add_string(out, "}}");
}

static void add_operations(struct buffer *out)
{
	open_definition(out, "operation");
	add_json(out, "'type': 'object', 'minProperties': 1, 'maxProperties': 1, 'additionalProperties': false, ");
	buffer_add_string(out, "\"properties\": {");
	for (size_t i = 0; fix_operators[i]; i++) {
		buffer_add_string(out, i ? "," : "");
		add_operator(out, fix_operators[i]);
	}
	buffer_add_string(out, "}}");
}

/* --- references --- */

/* A regular expression for references whose characters are of the class `any`. */
static void add_reference_pattern(struct buffer *out, const char *any)
{
	buffer_format(out, "%s+([|](", any);
	for (size_t i = 0; filters[i]; i++) {
		enum argument_kind kind = filters[i]->argument;
		bool optional = kind == ARGUMENT_TEXT || kind == ARGUMENT_READERS;
		buffer_format(out, "%s%s", i ? "|" : "", filters[i]->name);
		if (kind != ARGUMENT_NONE)
			buffer_format(out, "%s[(]%s*[)]%s", optional ? "(" : "", any, optional ? ")?" : "");
	}
	buffer_add_string(out, "))*");
}

static void add_pattern(struct buffer *out, const char *name, struct text description, struct text pattern)
{
	open_definition(out, name);
	buffer_add_string(out, "\"description\": ");
	buffer_add_json(out, description);
	buffer_add_string(out, ", \"type\": [\"string\", \"number\", \"boolean\", \"null\"], \"pattern\": ");
	buffer_add_json(out, pattern);
	buffer_add_byte(out, '}');
}

static struct text describe_references(struct arena *arena)
{
	struct buffer description = {.arena = arena};
	buffer_add_string(&description, "a setting, or a field of the thing, then filters;");
	for (size_t i = 0; i < COUNT(things); i++) {
		buffer_format(&description, "%s a %s has", i ? ";" : "", things[i].name);
		for (size_t j = 0; j < COUNT(fields); j++)
			if (fields[j].things & things[i].thing)
				buffer_format(&description, " %s", fields[j].name);
	}
	buffer_add_string(&description, "; .KEY is in force in its section, own.KEY in this very one; "
	                                "first and previous are others of its group. Filters:");
	for (size_t i = 0; filters[i]; i++)
		buffer_format(&description, "%s %s: %s", i ? ";" : "", filters[i]->name, filters[i]->summary);
	return buffer_text(&description);
}

static void add_references(struct buffer *out)
{
	struct buffer reference = {.arena = out->arena}, template = {.arena = out->arena};
	buffer_add_byte(&reference, '^');
	add_reference_pattern(&reference, "[^|]");
	buffer_add_byte(&reference, '$');
	buffer_add_string(&template, "^([^{}]|[{]{2}|[}]{2}|[{]");
	add_reference_pattern(&template, "[^|{}]");
	buffer_add_string(&template, "[}])*$");
	add_pattern(out, "reference", describe_references(out->arena), buffer_text(&reference));
	add_pattern(out, "template", TEXT("text with references in braces; {{ and }} are braces"), buffer_text(&template));
}

/* --- the verb --- */

static void add_schema(struct buffer *out)
{
	add_json(out, "{\n  '$schema': 'https://json-schema.org/draft/2020-12/schema',\n");
	add_json(out, "  'title': 'arilint rule pack',\n");
	add_json(out, "  '$ref': '#/$defs/pack',\n  '$defs': {");
	for (const struct shape *shape = schema_shapes; shape->name; shape++)
		add_shape(out, shape);
	for (const struct definition *definition = schema_definitions; definition->name; definition++) {
		open_definition(out, definition->name);
		add_json(out, definition->json);
		buffer_add_byte(out, '}');
	}
	add_effects(out);
	add_readers(out);
	add_checks(out);
	add_operations(out);
	add_references(out);
	buffer_add_string(out, "\n  }\n}\n");
}

int command_schema(struct arena *arena, size_t argument_count, char **arguments)
{
	struct buffer out = {.arena = arena};
	struct options options = {0};
	struct text fault = TEXT("");
	bool ok = options_parse(arena, VERB_SCHEMA, argument_count, arguments, &options, &fault);
	if (ok && options.help) {
		puts("usage: arilint schema rules\n\nPrints a JSON Schema (draft 2020-12) of rule packs, for editors.\n\n"
		     "Options:");
		options_explain(stdout, VERB_SCHEMA);
		return EXIT_CLEAN;
	}
	if (ok && (options.paths.count != 1 || !text_is(options.paths.items[0], "rules")))
		fault = TEXT("there is one schema; usage: arilint schema rules");
	if (!ok || fault.length) {
		tell_error(arena, "", fault);
		return EXIT_USAGE;
	}
	add_schema(&out);
	return file_write_all(STDOUT_FILENO, buffer_text(&out)) ? EXIT_CLEAN : EXIT_USAGE;
}
