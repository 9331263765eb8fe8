#include "command/schema_terms.h"

#include "diagnostic/effect.h"
#include "rule/load_reference.h"
#include "rule/pack.h"

/* --- plain values --- */

static const struct {
	const char *name;
	const char *members; /* with ' for " */
} plain[] = {
	{"text", "'type': ['string', 'number', 'boolean', 'null']"},
	{"texts", "'anyOf': [{'$ref': '#/$defs/text'}, {'type': 'array', 'items': {'$ref': '#/$defs/text'}}]"},
	{"truth", "'enum': [true, false, 'true', 'false']"},
	{"name", "'type': 'string', 'pattern': '^[a-z][a-z0-9_-]*$'"},
	{"range", "'type': 'array', 'minItems': 2, 'maxItems': 2, 'items': {'$ref': '#/$defs/integer'}"},
	{"integer", "'type': ['integer', 'string'], 'pattern': '^[+-]?[0-9]+$'"},
	{"mode", "'type': ['integer', 'string'], 'pattern': '^[0-7]{3,4}$'"},
	{"version_range", "'type': 'string', 'pattern': '[.][.]'"},
	{"place", "'type': 'string', 'pattern': '^.+:[1-9][0-9]*:[1-9][0-9]*$'"},
	{"rule_name", "'type': 'string', 'pattern': '^([a-z][a-z0-9_-]*/)?[a-z][a-z0-9_-]*$'"},
	{"level", "'enum': ['error', 'warning', 'info', 'ignore']"},
	{"effects", "'anyOf': [{'$ref': '#/$defs/effect'}, {'type': 'array', 'items': {'$ref': '#/$defs/effect'}}]"},
	{"effect_or_none", "'anyOf': [{'const': 'none'}, {'$ref': '#/$defs/effect'}]"},
	{"condition", "'type': 'object', 'description': 'references and the checks that must all hold; all, any and "
                      "not combine them', "
                      "'properties': {'all': {'$ref': '#/$defs/conditions'}, 'any': {'$ref': '#/$defs/conditions'}, "
                      "'not': {'$ref': '#/$defs/condition'}}, 'propertyNames': {'$ref': '#/$defs/reference'}, "
                      "'additionalProperties': {'anyOf': [{'$ref': '#/$defs/truth'}, {'$ref': '#/$defs/checks'}]}"},
	{"conditions", "'type': 'array', 'items': {'$ref': '#/$defs/condition'}"},
};

void schema_add_members(struct json *json, const char *members) {
	struct buffer ready = {.arena = json->out->arena};
	for (; *members; members++)
		buffer_add_byte(&ready, *members == '\'' ? '"' : *members);
	json_ready(json, buffer_text(&ready));
}

void schema_add_reference(struct json *json, const char *definition) {
	json_text(json, "$ref", text_format(json->out->arena, "#/$defs/%s", definition));
}

static void add_plain(struct json *json) {
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
		json_row(json, plain[i].name);
		schema_add_members(json, plain[i].members);
		json_end(json);
	}
}

/* A text, or a map of languages. */
static void add_message(struct json *json) {
	json_row(json, "message");
	json_list(json, "anyOf");
	schema_add_members(json, "{'$ref': '#/$defs/template'}");
	json_object(json, NULL);
	schema_add_members(json, "'type': 'object', 'additionalProperties': false");
	json_list(json, "required");
	json_text(json, NULL, text_of(language_names[0]));
	json_end(json);
	json_object(json, "properties");
	for (size_t i = 0; i < LANGUAGE_COUNT; i++) {
		json_object(json, language_names[i]);
		schema_add_reference(json, "template");
		json_end(json);
	}
	json_end(json);
	json_end(json);
	json_end(json);
	json_end(json);
}

/* --- names of tables --- */

static void add_choice(struct json *json, const char *name, const char *summary) {
	json_object(json, NULL);
	json_text(json, "description", text_of(summary));
	json_list(json, "enum");
	json_text(json, NULL, text_of(name));
	/* A YAML reader may take it for a number. */
	if (*name >= '0' && *name <= '9')
		json_ready(json, text_of(name));
	json_end(json);
	json_end(json);
}

static void add_effects(struct json *json) {
	json_row(json, "effect");
	json_rows(json, "oneOf", 6);
	for (size_t i = 0; effects[i].name; i++)
		add_choice(json, effects[i].name, effects[i].meaning);
	json_end(json);
	json_end(json);
}

static void add_readers(struct json *json) {
	json_row(json, "reader");
	json_rows(json, "oneOf", 6);
	for (size_t i = 0; readers[i]; i++)
		add_choice(json, readers[i]->name, readers[i]->summary);
	json_end(json);
	json_end(json);
	json_row(json, "readers");
	schema_add_members(
		json, "'anyOf': [{'$ref': '#/$defs/reader'}, {'type': 'array', 'items': {'$ref': '#/$defs/reader'}}]");
	json_number(json, "maxItems", ROLE_MOST_READERS);
	json_end(json);
}

static const char *argument_members(enum argument_kind kind) {
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

static void add_checks(struct json *json) {
	json_row(json, "checks");
	schema_add_members(json, "'type': 'object', 'additionalProperties': false");
	json_object(json, "properties");
	for (size_t i = 0; checks[i]; i++) {
		json_row(json, checks[i]->name);
		json_text(json, "description", text_of(checks[i]->summary));
		schema_add_members(json, argument_members(checks[i]->argument));
		json_end(json);
	}
	json_end(json);
	json_end(json);
}

static void add_operator(struct json *json, const struct fix_operator *operator) {
	json_row(json, operator->name);
	json_text(json, "description", text_of(operator->summary));
	schema_add_members(json, "'type': 'object', 'additionalProperties': false");
	json_list(json, "required");
	for (const struct fix_argument *argument = operator->arguments; argument->name; argument++)
		if (!argument->optional)
			json_text(json, NULL, text_of(argument->name));
	json_end(json);
	json_object(json, "properties");
	for (const struct fix_argument *argument = operator->arguments; argument->name; argument++) {
		json_object(json, argument->name);
		schema_add_reference(json, argument->kind == FIX_PLACE ? "reference" : "template");
		json_end(json);
	}
	json_end(json);
	json_end(json);
}

static void add_operations(struct json *json) {
	json_row(json, "operation");
	schema_add_members(json,
	                   "'type': 'object', 'minProperties': 1, 'maxProperties': 1, 'additionalProperties': false");
	json_object(json, "properties");
	for (size_t i = 0; fix_operators[i]; i++)
		add_operator(json, fix_operators[i]);
	json_end(json);
	json_end(json);
}

/* --- references --- */

/* A regular expression for references whose characters are of the class `any`. */
static void add_reference_pattern(struct buffer *out, const char *any) {
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

static struct text describe_references(struct arena *arena) {
	struct buffer description = {.arena = arena};
	buffer_add_string(&description, "a setting, or a field of the thing, then filters;");
	for (const struct word *subject = subject_names; subject->name; subject++) {
		buffer_format(&description, "%s %s has", subject == subject_names ? "" : ";", subject->name);
		for (size_t i = 0; i < FIELD_COUNT; i++)
			if (field_rows[i].subjects & (unsigned)subject->value)
				buffer_format(&description, " %s", field_rows[i].name);
	}
	buffer_add_string(&description, "; .KEY is in force in its section, own.KEY in this very one; "
	                                "first and previous are others of its group. Filters:");
	for (size_t i = 0; filters[i]; i++)
		buffer_format(&description, "%s %s: %s", i ? ";" : "", filters[i]->name, filters[i]->summary);
	return buffer_text(&description);
}

static void add_pattern(struct json *json, const char *name, struct text description, struct text pattern) {
	json_row(json, name);
	json_text(json, "description", description);
	schema_add_members(json, "'type': ['string', 'number', 'boolean', 'null']");
	json_text(json, "pattern", pattern);
	json_end(json);
}

static void add_references(struct json *json) {
	struct arena *arena = json->out->arena;
	struct buffer reference = {.arena = arena}, template = {.arena = arena};
	buffer_add_byte(&reference, '^');
	add_reference_pattern(&reference, "[^|]");
	buffer_add_byte(&reference, '$');
	buffer_add_string(&template, "^([^{}]|[{]{2}|[}]{2}|[{]");
	add_reference_pattern(&template, "[^|{}]");
	buffer_add_string(&template, "[}])*$");
	add_pattern(json, "reference", describe_references(arena), buffer_text(&reference));
	add_pattern(json, "template", TEXT("text with references in braces; {{ and }} are braces"),
	            buffer_text(&template));
}

void schema_add_terms(struct json *json) {
	add_plain(json);
	add_message(json);
	add_effects(json);
	add_readers(json);
	add_checks(json);
	add_operations(json);
	add_references(json);
}
