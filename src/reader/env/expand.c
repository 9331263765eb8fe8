#include "reader/env/expand.h"

enum { LARGEST_EXPANSION = 1024 * 1024 };

bool env_can_expand(struct env_scan *scan, size_t length, struct span place) {
	if (scan->expanded > LARGEST_EXPANSION) return false;
	scan->expanded += length;
	if (scan->expanded <= LARGEST_EXPANSION) return true;
	env_fault(scan, "expansion-too-large", place);
	return false;
}

void env_expand(struct env_scan *scan, struct buffer *out, const struct text *value, struct span place) {
	if (value && env_can_expand(scan, value->length, place))
		buffer_add(out, *value);
}

const struct text *env_lookup(struct env_scan *scan, struct text name) {
	const struct text *inherited = env_inherited(scan, name);
	env_doubt_name(scan, name);
	return inherited ? inherited : env_given(scan, name);
}

const struct text *env_lookup_given(struct env_scan *scan, struct text name) {
	const struct text *given = env_given(scan, name);
	env_doubt_name(scan, name);
	return given ? given : env_inherited(scan, name);
}

static bool is_name_byte(const struct env_dollars *dollars, char byte) {
	return text_is_word_byte(byte) && (dollars->any_case || byte < 'a');
}

struct text env_substitute(struct env_scan *scan, struct text value, const struct env_dollars *dollars,
                           struct span place) {
	struct buffer out = {.arena = scan->arena};
	for (size_t i = 0; i < value.length;) {
		bool escaped = value.bytes[i] == '\\' && i + 1 < value.length && value.bytes[i + 1] == '$';
		size_t end = i + escaped + 1;
		bool opens = end < value.length && value.bytes[end] == '(';
		if ((value.bytes[i] != '$' && !escaped) || (opens && dollars->parenthesis == PARENTHESIS_COMMAND)) {
			buffer_add_byte(&out, value.bytes[i++]);
			continue;
		}
		end += opens && dollars->parenthesis == PARENTHESIS_TAKEN;
		end += end < value.length && value.bytes[end] == '{';
		size_t name = end;
		while (end < value.length && is_name_byte(dollars, value.bytes[end]))
			end++;
		struct text key = text_slice(value, name, end);
		end += end < value.length && value.bytes[end] == '}';
		bool stays = escaped || !key.length || !dollars->lookup;
		if (stays)
			buffer_add(&out, text_slice(value, i + escaped, end));
		else
			env_expand(scan, &out, dollars->lookup(scan, key), place);
		i = end;
	}
	return out.length ? buffer_text(&out) : TEXT("");
}

struct parenthesis {
	size_t at;
	bool empty;  /* nothing is in it, or in one that is in it: it does not count */
};

size_t *env_find_closing(struct arena *arena, struct text value) {
	struct LIST_OF(struct parenthesis) open = {0};
	size_t *ends = arena_array(arena, size_t, value.length + 1);
	for (size_t i = 0; i < value.length; i++) {
		if (value.bytes[i] == '(')
			*list_add(arena, &open) = (struct parenthesis){i, false};
		if (value.bytes[i] != ')' || !open.count) continue;
		struct parenthesis newest = open.items[--open.count];
		bool empty = newest.empty || newest.at + 1 == i;
		ends[newest.at] = empty ? 0 : i + 1;
		if (empty && open.count)
			open.items[open.count - 1].empty = true;
	}
	return ends;
}

struct text env_unescape(struct arena *arena, struct text value, const char *names, const char *means) {
	if (!text_has_byte(value, '\\'))
		return value;
	struct buffer out = {.arena = arena};
	for (size_t i = 0; i < value.length; i++) {
		bool escapes = value.bytes[i] == '\\' && i + 1 < value.length;
		size_t name = escapes ? text_find_byte(text_of(names), value.bytes[i + 1]) : TEXT_NOT_FOUND;
		buffer_add_byte(&out, name == TEXT_NOT_FOUND ? value.bytes[i] : means[name]);
		i += name != TEXT_NOT_FOUND;
	}
	return buffer_text(&out);
}

struct text env_strip_backslashes(struct arena *arena, struct text value, char but) {
	struct buffer out = {.arena = arena};
	for (size_t i = 0; i < value.length; i++) {
		i += value.bytes[i] == '\\' && i + 1 < value.length && value.bytes[i + 1] != but;
		buffer_add_byte(&out, value.bytes[i]);
	}
	return buffer_text(&out);
}
