#include "apply/manifest.h"

#include <inttypes.h>

#include "apply/kept.h"
#include "base/buffer.h"
#include "source/source.h"

static void write_patch(struct buffer *out, const struct run *run, const struct patch *patch) {
	struct text names[] = {patch->path, text_of(patch->temporary), text_of(patch->backup)};
	const struct ownership *owners[] = {&patch->old, &patch->new};
	buffer_add_string(out, "file");
	for (size_t i = 0; i < 3; i++)
		buffer_format(out, "\t%.*s", RUN_SHOWN(run, names[i]));
	for (size_t i = 0; i < 2; i++)
		buffer_format(out, "\t0%o\t%u\t%u", owners[i]->mode, owners[i]->user, owners[i]->group);
	buffer_format(out, "\t%zu\t%016" PRIx64 "\t%zu\t%016" PRIx64, patch->before_size, patch->before_hash,
	              patch->after_size, patch->after_hash);
	buffer_format(out, "\t%.*s\n", RUN_SHOWN(run, patch->rules));
}

struct text manifest_write(const struct run *run) {
	struct buffer out = {.arena = run->arena};
	buffer_format(&out, "arilint 1\t%.*s\t%s\t%.*s\t", TEXT_ARGUMENTS(run->id), run->keep ? "keep" : "drop",
	              TEXT_ARGUMENTS(run->undoes));
	for (size_t i = 0; i < SIPHASH_KEY_SIZE; i++)
		buffer_format(&out, "%02x", run->key.bytes[i]);
	buffer_add_byte(&out, '\n');
	for (size_t i = 0; i < run->handlers.count; i++)
		buffer_format(&out, "handler\t%.*s\n", RUN_SHOWN(run, run->handlers.items[i]));
	for (size_t i = 0; i < run->patches.count; i++)
		write_patch(&out, run, &run->patches.items[i]);
	buffer_format(&out, "end\t%zu\n", run->patches.count);
	return buffer_text(&out);
}

/* A line that is being read; `ok` falls once and stays down. */
struct fields {
	struct arena *arena;
	struct text rest;
	bool ok;
};

static int digit_of(char byte) {
	if (byte >= '0' && byte <= '9')
		return byte - '0';
	return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : 16;
}

static uint64_t number_of(struct fields *fields, struct text text, int base) {
	uint64_t number = 0;
	fields->ok = fields->ok && text.length;
	for (size_t i = 0; i < text.length; i++) {
		int digit = digit_of(text.bytes[i]);
		if (digit >= base || __builtin_mul_overflow(number, (uint64_t)base, &number) ||
		    __builtin_add_overflow(number, (uint64_t)digit, &number))
			fields->ok = false;
	}
	return number;
}

static uint64_t next_number(struct fields *fields, int base, uint64_t largest) {
	uint64_t number = number_of(fields, text_cut(&fields->rest, '\t'), base);
	fields->ok = fields->ok && number <= largest;
	return number;
}

static struct text next_text(struct fields *fields) {
	struct text escaped = text_cut(&fields->rest, '\t');
	struct buffer out = {.arena = fields->arena};
	for (size_t i = 0; i < escaped.length; i++) {
		fields->ok = fields->ok && escaped.bytes[i];
		if (escaped.bytes[i] != '\\') {
			buffer_add_byte(&out, escaped.bytes[i]);
			continue;
		}
		uint64_t byte = number_of(fields, text_slice(escaped, i + 2, i + 4), 16);
		fields->ok = fields->ok && byte && text_starts_with(text_from(escaped, i), TEXT("\\x"));
		buffer_add_byte(&out, (char)(unsigned char)byte);
		i += 3;
	}
	return buffer_text(&out);
}

/* The name of a file in a folder, or NULL when the field is empty. */
static const char *next_name(struct fields *fields) {
	struct text name = next_text(fields);
	if (text_find_byte(name, '/') != TEXT_NOT_FOUND || text_is(name, ".") || text_is(name, ".."))
		fields->ok = false;
	return name.length ? text_string(fields->arena, name) : NULL;
}

static struct ownership next_ownership(struct fields *fields) {
	mode_t mode = (mode_t)next_number(fields, 8, 07777);
	uid_t user = (uid_t)next_number(fields, 10, UINT32_MAX);
	return (struct ownership){mode, user, (gid_t)next_number(fields, 10, UINT32_MAX)};
}

static bool read_patch(struct arena *arena, struct text line, struct patch *patch) {
	struct fields fields = {arena, line, true};
	fields.ok = text_is(text_cut(&fields.rest, '\t'), "file");
	patch->folder = -1;
	patch->path = next_text(&fields);
	size_t slash = text_find_last_byte(patch->path, '/');
	if (slash == TEXT_NOT_FOUND || patch->path.bytes[0] != '/') return false;
	patch->name = text_string(arena, text_from(patch->path, slash + 1));
	patch->temporary = next_name(&fields);
	patch->backup = next_name(&fields);
	patch->old = next_ownership(&fields);
	patch->new = next_ownership(&fields);
	patch->before_size = next_number(&fields, 10, SOURCE_LARGEST);
	patch->before_hash = next_number(&fields, 16, UINT64_MAX);
	patch->after_size = next_number(&fields, 10, SOURCE_LARGEST);
	patch->after_hash = next_number(&fields, 16, UINT64_MAX);
	patch->rules = next_text(&fields);
	return fields.ok && patch->temporary && *patch->name;
}

static bool read_head(struct run *run, struct text line) {
	struct fields fields = {run->arena, line, true};
	fields.ok = text_is(text_cut(&fields.rest, '\t'), "arilint 1");
	run->id = text_cut(&fields.rest, '\t');
	run->keep = text_is(text_cut(&fields.rest, '\t'), "keep");
	run->undoes = text_cut(&fields.rest, '\t');
	struct text key = text_cut(&fields.rest, '\t');
	fields.ok = fields.ok && kept_is_id(run->id) && (!run->undoes.length || kept_is_id(run->undoes)) &&
	            key.length == SIPHASH_KEY_SIZE * 2;
	for (size_t i = 0; fields.ok && i < SIPHASH_KEY_SIZE; i++)
		run->key.bytes[i] = (unsigned char)number_of(&fields, text_slice(key, i * 2, i * 2 + 2), 16);
	return fields.ok;
}

static bool read_handler(struct run *run, struct text line) {
	struct fields fields = {run->arena, line, true};
	text_cut(&fields.rest, '\t');
	const char *name = next_name(&fields);
	if (fields.ok && name)
		*list_add(run->arena, &run->handlers) = text_of(name);
	return fields.ok && name;
}

bool manifest_read(struct run *run, struct text text) {
	if (!read_head(run, text_cut(&text, '\n'))) return false;
	while (text_starts_with(text, TEXT("handler\t")))
		if (!read_handler(run, text_cut(&text, '\n')))
			return false;
	while (text_starts_with(text, TEXT("file\t")))
		if (!read_patch(run->arena, text_cut(&text, '\n'), list_add(run->arena, &run->patches)))
			return false;
	return text_equal(text, text_format(run->arena, "end\t%zu\n", run->patches.count));
}
