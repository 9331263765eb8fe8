#include "reader/asterisk/matcher.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stdio.h>

#include "base/buffer.h"

struct matcher {
	pcre2_code *code;
	pcre2_match_data *data;
};

/* From POSIX to PCRE2. */
struct translation {
	struct text rest;
	struct buffer pattern;
	bool wildcards;
	size_t depth; /* groups that are open */
};

static bool starts(const struct translation *translation, const char *string) {
	return text_starts_with(translation->rest, text_of(string));
}

static char take(struct translation *translation) {
	char byte = translation->rest.bytes[0];
	translation->rest = text_from(translation->rest, 1);
	return byte;
}

static void add_byte(struct translation *translation, char byte) {
	buffer_format(&translation->pattern, "\\x%02x", (unsigned char)byte);
}

/* `[:name:]` at the start of the rest; false, with nothing taken, when there is none of that name. */
static bool add_class(struct translation *translation) {
	static const char *const names[] = {"alpha", "lower", "upper", "alnum", "digit", "xdigit",
	                                    "space", "blank", "cntrl", "graph", "print", "punct"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char class[16];
		struct text spelled = {class, (size_t)snprintf(class, sizeof(class), "[:%s:]", names[i])};
		if (text_starts_with(translation->rest, spelled)) {
			buffer_add(&translation->pattern, spelled);
			translation->rest = text_from(translation->rest, spelled.length);
			return true;
		}
	}
	return false;
}

/* Whether `-` and what is behind it make a range of what was before. */
static bool is_range(const struct translation *translation) {
	struct text rest = translation->rest;
	return rest.length > 1 && rest.bytes[0] == '-' && rest.bytes[1] != ']';
}

/* One byte of brackets, also as `[.x.]` or `[=x=]`; wildcards know escapes there. False for what regcomp() refuses. */
static bool take_member(struct translation *translation, char *byte) {
	*byte = take(translation);
	struct text rest = translation->rest;
	if (*byte == '\\' && translation->wildcards && rest.length) {
		*byte = take(translation);
	} else if (*byte == '[' && rest.length && (rest.bytes[0] == '.' || rest.bytes[0] == '=')) {
		if (rest.length < 4 || rest.bytes[2] != rest.bytes[0] || rest.bytes[3] != ']')
			return translation->wildcards;
		*byte = rest.bytes[1];
		translation->rest = text_from(rest, 4);
	}
	return true;
}

/* A byte or a range; false for what regcomp() refuses. */
static bool add_member(struct translation *translation, bool first) {
	bool strict = !translation->wildcards, hyphen = starts(translation, "-");
	char start, end;
	if (!take_member(translation, &start) || (strict && hyphen && !first && !starts(translation, "]")))
		return false;
	end = start;
	if (is_range(translation)) {
		take(translation);
		if ((strict && starts(translation, "[:")) || !take_member(translation, &end)) return false;
	}
	if ((unsigned char)start > (unsigned char)end)
		return !strict;
	add_byte(translation, start);
	buffer_add_byte(&translation->pattern, '-');
	add_byte(translation, end);
	return true;
}

/* What is behind `[`, with the bracket that closes it; false when none does, or regcomp() refuses what is between. */
static bool add_brackets(struct translation *translation) {
	bool strict = !translation->wildcards;
	bool complement = starts(translation, "^") || (!strict && starts(translation, "!"));
	if (complement)
		take(translation);
	/* PCRE2 wants one member at least; no text holds this one. */
	buffer_add_string(&translation->pattern, complement ? "[^\\x00" : "[\\x00");
	for (bool first = true; first || !starts(translation, "]"); first = false) {
		if (!translation->rest.length) return false;
		bool good = add_class(translation)
		                    ? !strict || !is_range(translation)
		                    : !(strict && starts(translation, "[:")) && add_member(translation, first);
		if (!good) return false;
	}
	take(translation);
	buffer_add_byte(&translation->pattern, ']');
	return true;
}

/* What is behind a backslash; `*place` tells that it stands for a place between two bytes. */
static void add_escape(struct translation *translation, bool *place) {
	static const struct {
		char byte;
		bool place;
		char pattern[12];
	} escapes[] = {
		{'w', false, "\\w"}, {'W', false, "\\W"}, {'s', false, "\\s"},       {'S', false, "\\S"},
		{'b', true, "\\b"},  {'B', true, "\\B"},  {'<', true, "\\b(?=\\w)"}, {'>', true, "\\b(?<=\\w)"},
		{'`', true, "\\A"},  {'\'', true, "\\z"},
	};
	char byte = take(translation);
	for (size_t i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++)
		if (escapes[i].byte == byte) {
			buffer_add_string(&translation->pattern, escapes[i].pattern);
			*place = escapes[i].place;
			return;
		}
	add_byte(translation, byte);
}

/* `a*?` is `(a*)?` and not a lazy repetition: several in a row are one. */
static void add_repetitions(struct translation *translation) {
	bool none = false, many = false;
	while (starts(translation, "*") || starts(translation, "+") || starts(translation, "?")) {
		char byte = take(translation);
		none |= byte != '+';
		many |= byte != '?';
	}
	if (none || many)
		buffer_add_byte(&translation->pattern, !many ? '?' : none ? '*' : '+');
}

/* Takes one atom with its repetitions; false for what regcomp() refuses. */
static bool add_atom(struct translation *translation) {
	bool place = false;
	char byte = take(translation);
	switch (byte) {
	case '*':
	case '+':
	case '?': return false;
	case '^':
		buffer_add_string(&translation->pattern, "\\A");
		place = true;
		break;
	case '$':
		buffer_add_string(&translation->pattern, "\\z");
		place = true;
		break;
	case '|':
		buffer_add_byte(&translation->pattern, '|');
		place = true;
		break;
	case '(':
		buffer_add_string(&translation->pattern, "(?:");
		translation->depth++;
		place = true;
		break;
	case '.': buffer_add_byte(&translation->pattern, '.'); break;
	case '[':
		if (!add_brackets(translation)) return false;
		break;
	case '\\':
		if (!translation->rest.length) return false;
		add_escape(translation, &place);
		break;
	default:
		if (byte != ')' || !translation->depth) {
			add_byte(translation, byte);
			break;
		}
		buffer_add_byte(&translation->pattern, ')');
		translation->depth--;
	}
	if (!place)
		add_repetitions(translation);
	return true;
}

static void *allocate(size_t size, void *arena) { return arena_allocate(arena, size); }

static void release(void *memory, void *arena) {
	(void)memory;
	(void)arena; /* the arena gives all back */
}

static struct matcher *compile(struct translation *translation) {
	struct arena *arena = translation->pattern.arena;
	struct text pattern = buffer_text(&translation->pattern);
	pcre2_general_context *general = pcre2_general_context_create(allocate, release, arena);
	int error;
	PCRE2_SIZE at;
	struct matcher *matcher = arena_new(arena, struct matcher);
	matcher->code = pcre2_compile((PCRE2_SPTR)pattern.bytes, pattern.length, PCRE2_DOTALL, &error, &at,
	                              pcre2_compile_context_create(general));
	matcher->data = pcre2_match_data_create(1, general);
	return matcher->code ? matcher : NULL;
}

struct matcher *matcher_of_expression(struct arena *arena, struct text text) {
	struct translation translation = {.rest = text_of(text_string(arena, text)), .pattern = {.arena = arena}};
	/* One pass over the text, wherever the match begins. */
	buffer_add_string(&translation.pattern, "\\A.*(?:");
	while (translation.rest.length)
		if (!add_atom(&translation))
			return NULL;
	buffer_add_byte(&translation.pattern, ')');
	return translation.depth ? NULL : compile(&translation);
}

struct matcher *matcher_of_wildcards(struct arena *arena, struct text pattern) {
	struct translation translation = {
		.rest = text_of(text_string(arena, pattern)), .pattern = {.arena = arena}, .wildcards = true};
	bool wild = starts(&translation, "*") || starts(&translation, "?") || starts(&translation, "[");
	buffer_add_string(&translation.pattern, wild ? "\\A(?!\\.)" : "\\A");
	while (translation.rest.length) {
		char byte = take(&translation);
		struct translation before = translation;
		if (byte == '*') {
			buffer_add_string(&translation.pattern, ".*");
		} else if (byte == '?') {
			buffer_add_byte(&translation.pattern, '.');
		} else if (byte == '[') {
			if (!add_brackets(&translation)) {
				translation = before;
				add_byte(&translation, byte);
			}
		} else if (byte != '\\') {
			add_byte(&translation, byte);
		} else if (translation.rest.length) {
			add_byte(&translation, take(&translation));
		} else {
			return NULL;
		}
	}
	buffer_add_string(&translation.pattern, "\\z");
	return compile(&translation);
}

bool matcher_takes(const struct matcher *matcher, struct text text) {
	int workspace[4096];
	text = text_slice(text, 0, text_find_byte(text, '\0'));
	return matcher && pcre2_dfa_match(matcher->code, (PCRE2_SPTR)(text.length ? text.bytes : ""), text.length, 0,
	                                  PCRE2_DFA_SHORTEST, matcher->data, NULL, workspace,
	                                  sizeof(workspace) / sizeof(workspace[0])) >= 0;
}
