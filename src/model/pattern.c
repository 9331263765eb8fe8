#include "model/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum { MATCH_LIMIT = 100000, DEPTH_LIMIT = 1000, HEAP_LIMIT_KIB = 4096, LONGEST_PATTERN = 4096 };

static void *allocate(size_t size, void *arena) { return arena_allocate(arena, size); }

static void release(void *memory, void *arena) {
}

struct text pattern_serialize(const struct pattern *pattern) {
	pcre2_general_context *general = pcre2_general_context_create(allocate, release, pattern->arena);
	const pcre2_code *code = pattern->code;
	uint8_t *bytes = NULL;
	PCRE2_SIZE size = 0;
	return pcre2_serialize_encode(&code, 1, &bytes, &size, general) == 1 ? (struct text){(const char *)bytes, size} : TEXT("");
}

static pcre2_code *decode(struct text compiled, pcre2_general_context *general) {
	pcre2_code *code = NULL;
	return compiled.length && pcre2_serialize_decode(&code, 1, (const uint8_t *)compiled.bytes, general) == 1 ? code : NULL;
}

static pcre2_match_context *make_context(pcre2_general_context *general) {
	pcre2_match_context *context = pcre2_match_context_create(general);
	pcre2_set_match_limit(context, MATCH_LIMIT);
	pcre2_set_depth_limit(context, DEPTH_LIMIT);
	pcre2_set_heap_limit(context, HEAP_LIMIT_KIB);
	return context;
}

/* A byte that whatever matches begins with, or holds; 0: none is known. A letter may be meant in another case, too. */
static char needed_by(const pcre2_code *code) {
	static const uint32_t asked[][2] = {
		{PCRE2_INFO_FIRSTCODETYPE, PCRE2_INFO_FIRSTCODEUNIT}, {PCRE2_INFO_LASTCODETYPE, PCRE2_INFO_LASTCODEUNIT}};
	for (size_t i = 0; i < 2; i++) {
		uint32_t known = 0, byte = 0;
		pcre2_pattern_info(code, asked[i][0], &known);
		pcre2_pattern_info(code, asked[i][1], &byte);
		bool letter = (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
		if (known == 1 && byte < 0x80 && !letter) return (char)byte;
	}
	return 0;
}

bool pattern_compile(struct pattern *pattern, size_t *offset, struct text *fault) {
	int error;
	PCRE2_SIZE at = 0;
	pcre2_general_context *general = pcre2_general_context_create(allocate, release, pattern->arena);
	pcre2_compile_context *compiling = pcre2_compile_context_create(general);
	pcre2_set_max_pattern_length(compiling, LONGEST_PATTERN);
	pattern->code = decode(pattern->compiled, general);
	if (!pattern->code)
		pattern->code = pcre2_compile((PCRE2_SPTR)(pattern->spelled.length ? pattern->spelled.bytes : ""),
	                              pattern->spelled.length, PCRE2_NEVER_BACKSLASH_C | PCRE2_NEVER_UTF, &error, &at,
	                              compiling);
	if (!pattern->code) {
		PCRE2_UCHAR message[128];
		pcre2_get_error_message(error, message, sizeof(message));
		*offset = at;
		*fault = text_copy(pattern->arena, text_of((const char *)message));
		return false;
	}
	pattern->needed = needed_by(pattern->code);
	if (!pattern->context)
		pattern->context = make_context(general);
	if (!pattern->data)
		pattern->data = pcre2_match_data_create_from_pattern(pattern->code, general);
	return true;
}

struct pattern *pattern_of(struct arena *arena, struct pattern_set *patterns, struct text spelled, struct text compiled) {
	struct text key = {(const char *)&spelled.bytes, sizeof(spelled.bytes)};
	if (patterns->last && patterns->last->spelled.bytes == spelled.bytes) return patterns->last;
	struct pattern *pattern = patterns->last = map_place(arena, &patterns->known, key, sizeof(*pattern));
	if (pattern->arena) return pattern;
	if (!patterns->data) {
		pcre2_general_context *general = pcre2_general_context_create(allocate, release, arena);
		patterns->context = make_context(general);
		patterns->data = pcre2_match_data_create(PATTERN_GROUPS_KEPT, general);
	}
	*pattern = (struct pattern){.spelled = spelled, .compiled = compiled, .arena = arena, .context = patterns->context,
	                            .data = patterns->data};
	return pattern;
}

enum pattern_result pattern_match_from(struct pattern *pattern, struct text text, size_t start) {
	size_t offset;
	struct text fault;
	pattern->gave_up = false;
	if (!pattern->code && !pattern_compile(pattern, &offset, &fault))
		return PATTERN_DIFFERS;
	if (pattern->needed && !text_has_byte(text_from(text, start), pattern->needed))
		return PATTERN_DIFFERS;
	int result = pcre2_match(pattern->code, (PCRE2_SPTR)(text.length ? text.bytes : ""), text.length, start, 0,
	                         pattern->data, pattern->context);
	if (result >= 0)
		return PATTERN_MATCHES;
	pattern->gave_up = result != PCRE2_ERROR_NOMATCH;
	return pattern->gave_up ? PATTERN_TOO_COSTLY : PATTERN_DIFFERS;
}

enum pattern_result pattern_match(struct pattern *pattern, struct text text) { return pattern_match_from(pattern, text, 0); }

unsigned pattern_group_count(const struct pattern *pattern) {
	uint32_t count = 0;
	pcre2_pattern_info(pattern->code, PCRE2_INFO_CAPTURECOUNT, &count);
	return count;
}

unsigned pattern_group(const struct pattern *pattern, struct text name) {
	int group = pcre2_substring_number_from_name(pattern->code, (PCRE2_SPTR)text_string(pattern->arena, name));
	return group > 0 ? (unsigned)group : 0;
}

void pattern_group_names(const struct pattern *pattern, struct text_list *names) {
	uint32_t count = 0, size = 0;
	PCRE2_SPTR table = NULL;
	pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMECOUNT, &count);
	pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
	pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMETABLE, &table);
	/* Each entry is the group's number in two bytes, then its name. */
	for (uint32_t i = 0; i < count; i++)
		*list_add(pattern->arena, names) = text_of((const char *)table + i * size + 2);
}

struct span pattern_span(const struct pattern *pattern, unsigned group) {
	const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(pattern->data);
	if (group >= pcre2_get_ovector_count(pattern->data) || offsets[2 * group] > offsets[2 * group + 1] ||
	    offsets[2 * group] == PCRE2_UNSET)
		return (struct span){0, 0};
	return (struct span){(uint32_t)offsets[2 * group], (uint32_t)offsets[2 * group + 1]};
}
