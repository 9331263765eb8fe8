#include "embed/constant.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Any ARRAY_OF and any POINTERS_TO. */
struct array {
	const void *items;
	size_t count;
};

static struct text add_objects(struct constants *constants, const struct shape *shape, const void *objects,
                               size_t count);

static bool is_zero(const char *bytes, size_t size) {
	for (size_t i = 0; i < size; i++)
		if (bytes[i])
			return false;
	return true;
}

/* --- plain values --- */

static void add_text(struct buffer *out, struct text text) {
	buffer_add_string(out, "{\"");
	for (size_t i = 0; i < text.length; i++) {
		unsigned char byte = (unsigned char)text.bytes[i];
		if (byte >= 32 && byte < 127 && byte != '"' && byte != '\\' && byte != '?')
			buffer_add_byte(out, (char)byte);
		else
			buffer_format(out, "\\%03o", byte);
	}
	buffer_format(out, "\", %zu}", text.length);
}

static void add_number(struct buffer *out, const void *number, size_t size) {
	uint8_t byte;
	int32_t word;
	int64_t large;
	switch (size) {
	case sizeof(byte): memcpy(&byte, number, size), buffer_format(out, "%u", byte); break;
	case sizeof(word): memcpy(&word, number, size), buffer_format(out, "%ld", (long)word); break;
	default: memcpy(&large, number, size), buffer_format(out, "%lld", (long long)large);
	}
}

static struct text next_name(struct constants *constants, const char *structure) {
	return text_format(constants->arena, "%s_%zu", structure, ++constants->count);
}

static void add_texts(struct constants *constants, const struct text_list *texts, struct buffer *out) {
	struct text name = next_name(constants, "texts");
	struct buffer *definition = &constants->out;
	buffer_format(definition, "static const struct text %.*s[] = {", TEXT_ARGUMENTS(name));
	for (size_t i = 0; i < texts->count; i++) {
		add_text(definition, texts->items[i]);
		buffer_add_byte(definition, ',');
	}
	buffer_add_string(definition, "};\n");
	buffer_format(out, "{(struct text *)%.*s, %zu, %zu}", TEXT_ARGUMENTS(name), texts->count, texts->count);
}

/* --- pointers --- */

/* `&reader_node_20` of the constant whose name is "node-20": the first member of such constants is their name. */
static void add_registered(struct constants *constants, const struct shape *shape, const void *object,
                           struct buffer *out) {
	const char *const *spelled = object;
	char *name = text_string(constants->arena, text_format(constants->arena, "%s_%s", shape->structure, *spelled));
	for (char *byte = name; *byte; byte++)
		*byte = *byte == '-' ? '_' : *byte;
	if (map_put(constants->arena, &constants->names, text_of(name), name) == name)
		buffer_format(&constants->out, "extern const struct %s %s;\n", shape->structure, name);
	buffer_format(out, "&%s", name);
}

static void add_registered_ended(struct constants *constants, const struct shape *shape, const void *const *objects,
                                 struct buffer *out) {
	struct buffer all = {.arena = constants->arena};
	struct text name = next_name(constants, shape->structure);
	for (; *objects; objects++) {
		add_registered(constants, shape, *objects, &all);
		buffer_add_string(&all, ", ");
	}
	buffer_format(&constants->out, "static const struct %s *const %.*s[] = {%.*sNULL};\n", shape->structure,
	              TEXT_ARGUMENTS(name), TEXT_ARGUMENTS(buffer_text(&all)));
	buffer_add(out, name);
}

static void add_pointers(struct constants *constants, const struct shape *shape, const struct array *array,
                         struct buffer *out) {
	struct buffer all = {.arena = constants->arena};
	const void *const *objects = array->items;
	for (size_t i = 0; i < array->count; i++) {
		buffer_add(&all, constant_add(constants, shape, objects[i]));
		buffer_add_string(&all, ", ");
	}
	struct text name = next_name(constants, "pointers");
	buffer_format(&constants->out, "static const struct %s *const %.*s[] = {%.*s};\n", shape->structure,
	              TEXT_ARGUMENTS(name), TEXT_ARGUMENTS(buffer_text(&all)));
	buffer_format(out, "%.*s, %zu", TEXT_ARGUMENTS(name), array->count);
}

/* --- structs --- */

static void add_struct(struct constants *constants, const struct shape *shape, const void *object, struct buffer *out);

static size_t unit_of(const struct member *member) {
	switch (member->type->memory) {
	case MEMORY_NONE:
	case MEMORY_SAME: return 0;
	case MEMORY_TEXT: return sizeof(struct text);
	case MEMORY_TEXTS: return sizeof(struct text_list);
	case MEMORY_STRUCT: return member->of->size;
	case MEMORY_ARRAY:
	case MEMORY_POINTERS: return sizeof(struct array);
	case MEMORY_POINTER:
	case MEMORY_REGISTERED:
	case MEMORY_REGISTERED_ENDED: return sizeof(void *);
	case MEMORY_NUMBER: break;
	}
	return member->size;
}

static void add_value(struct constants *constants, const struct member *member, const void *value, struct buffer *out) {
	const void *pointer = NULL;
	struct array array = {0};
	switch (member->type->memory) {
	case MEMORY_NONE:
	case MEMORY_SAME: return;
	case MEMORY_TEXT: add_text(out, *(const struct text *)value); return;
	case MEMORY_TEXTS: add_texts(constants, value, out); return;
	case MEMORY_NUMBER: add_number(out, value, member->size); return;
	case MEMORY_STRUCT: add_struct(constants, member->of, value, out); return;
	case MEMORY_ARRAY:
	case MEMORY_POINTERS: memcpy(&array, value, sizeof(array)); break;
	default: memcpy(&pointer, value, sizeof(pointer));
	}
	switch (member->type->memory) {
	case MEMORY_POINTER: buffer_add(out, constant_add(constants, member->of, pointer)); break;
	case MEMORY_REGISTERED: add_registered(constants, member->of, pointer, out); break;
	case MEMORY_REGISTERED_ENDED: add_registered_ended(constants, member->of, pointer, out); break;
	default:
		buffer_add_byte(out, '{');
		if (!array.count)
			buffer_add_string(out, "NULL, 0");
		else if (member->type->memory == MEMORY_POINTERS)
			add_pointers(constants, member->of, &array, out);
		else
			buffer_format(out, "%.*s, %zu",
			              TEXT_ARGUMENTS(add_objects(constants, member->of, array.items, array.count)),
			              array.count);
		buffer_add_byte(out, '}');
	}
}

/* One value, or the values of an array; of an array those that are not zero. */
static void add_member(struct constants *constants, const struct member *member, const char *object, struct buffer *out) {
	size_t unit = unit_of(member), size = member->size ? member->size : unit;
	const char *values = object + member->offset;
	if (!unit || is_zero(values, size)) return;
	if (*member->field)
		buffer_format(out, ".%s = ", member->field);
	if (size > unit)
		buffer_add_byte(out, '{');
	for (size_t i = 0; i < size / unit; i++) {
		if (size > unit && is_zero(values + i * unit, unit)) continue;
		if (size > unit)
			buffer_format(out, "[%zu] = ", i);
		add_value(constants, member, values + i * unit, out);
		buffer_add_string(out, size > unit ? ", " : "");
	}
	buffer_add_string(out, size > unit ? "}, " : ", ");
}

static void add_members(struct constants *constants, const struct shape *shape, const char *object, char *told,
                        struct buffer *out) {
	for (const struct member *member = shape->members; member->field; member++) {
		if (member->type->memory == MEMORY_SAME)
			add_members(constants, member->of, object, told, out);
		add_member(constants, member, object, out);
		memset(told + member->offset, 1, member->size ? member->size : unit_of(member));
	}
}

static void add_struct(struct constants *constants, const struct shape *shape, const void *object, struct buffer *out) {
	char *told = arena_allocate(constants->arena, shape->size);
	const char *bytes = object;
	buffer_add_byte(out, '{');
	size_t before = out->length;
	add_members(constants, shape, object, told, out);
	buffer_add_string(out, out->length == before ? "0}" : "}");
	for (size_t i = 0; i < shape->size; i++)
		if (!told[i] && bytes[i]) {
			fprintf(stderr, "struct %s holds something at byte %zu that its shape does not tell of\n",
			        shape->structure, i);
			exit(1);
		}
}

/* Bits may be all that a number has room for. */
static void add_scalar(struct buffer *out, const struct shape *shape, const void *object) {
	uint64_t number = 0;
	memcpy(&number, object, shape->size);
	buffer_format(out, "%lluu", (unsigned long long)number);
}

static struct text add_objects(struct constants *constants, const struct shape *shape, const void *objects,
                               size_t count) {
	const void *identity[] = {shape, objects};
	struct text key = {(const char *)identity, sizeof(identity)};
	const struct text *known = map_get(&constants->names, key);
	if (known)
		return *known;
	struct buffer all = {.arena = constants->arena};
	struct text *name = arena_new(constants->arena, struct text);
	for (size_t i = 0; i < count; i++) {
		const char *object = (const char *)objects + i * shape->size;
		if (shape->members)
			add_struct(constants, shape, object, &all);
		else
			add_scalar(&all, shape, object);
		buffer_add_string(&all, ", ");
	}
	struct text values = text_format(constants->arena, "%s {%.*s}", shape->structure, TEXT_ARGUMENTS(buffer_text(&all)));
	const struct text *alike = map_get(&constants->names, values);
	*name = alike ? *alike : next_name(constants, shape->structure);
	if (!alike) {
		buffer_format(&constants->out, "static const %s%s %.*s[] = {%.*s};\n", shape->members ? "struct " : "",
		              shape->structure, TEXT_ARGUMENTS(*name), TEXT_ARGUMENTS(buffer_text(&all)));
		map_put(constants->arena, &constants->names, values, name);
	}
	map_put(constants->arena, &constants->names, text_copy(constants->arena, key), name);
	return *name;
}

struct text constant_add(struct constants *constants, const struct shape *shape, const void *object) {
	return add_objects(constants, shape, object, 1);
}
