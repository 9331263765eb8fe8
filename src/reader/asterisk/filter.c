/* The filter of `[name](+filter)`: `key=value&key=value`, both POSIX extended regular expressions that must match a
 * variable of the section; `TEMPLATES=include` and `TEMPLATES=restrict` speak of the section itself. */
#include "reader/asterisk/asterisk.h"
#include "reader/asterisk/matcher.h"

enum { LONGEST_EXPRESSION = 64, MOST_REPETITIONS = 8 };

enum term_kind { TERM_VARIABLE, TERM_INCLUDE, TERM_RESTRICT, TERM_NEVER };

struct term {
	enum term_kind kind;
	const struct matcher *name, *value;
};

struct asterisk_filter {
	struct LIST_OF(struct term) terms;
};

static struct text strip(struct text text) {
	while (text.length && (unsigned char)text.bytes[0] < 33)
		text = text_from(text, 1);
	while (text.length && (unsigned char)text.bytes[text.length - 1] < 33)
		text.length--;
	return text;
}

/* As ast_strip_quoted(): without blanks, then without one pair of quotes around the whole. */
static struct text strip_quoted(struct text text) {
	text = strip(text);
	size_t last = text.length ? text.length - 1 : 0;
	char quote = text.length ? text.bytes[0] : '\0';
	if ((quote == '\'' || quote == '"') && text.bytes[last] == quote)
		return text_slice(text, 1, last ? last : 1);
	return text;
}

/* As ast_strsep() of 16.28: cuts at the first `separator` outside of quotes and not behind a backslash. False when
 * nothing is left to cut; 22.10 then takes an empty part, so that `(+key=)`, which finds nothing in 16, finds every
 * section with the key. */
static bool cut(struct text *rest, char separator, struct text *part) {
	char quotes[8] = {0};
	size_t depth = 0, i = 0;
	if (!rest->length) return false;
	for (; i < rest->length; i++) {
		char byte = rest->bytes[i];
		if (byte == '\\' && i + 2 < rest->length) {
			i += 2;
			byte = rest->bytes[i];
		}
		if ((byte == '\'' || byte == '"') && byte == quotes[depth])
			depth--;
		else if ((byte == '\'' || byte == '"') && ++depth < sizeof(quotes))
			quotes[depth] = byte;
		if (depth == sizeof(quotes)) return false;
		if (byte == separator && depth == 0) break;
	}
	*part = strip_quoted(text_slice(*rest, 0, i));
	*rest = text_from(*rest, i < rest->length ? i + 1 : i);
	return true;
}

/* Counted repetitions, back references and many repetitions within each other can cost more than any bound of ours. */
static bool is_affordable(struct text expression) {
	size_t repetitions = 0;
	for (size_t i = 0; i < expression.length; i++) {
		char byte = expression.bytes[i];
		char next = i + 1 < expression.length ? expression.bytes[i + 1] : ' ';
		if (byte == '{' || (byte == '\\' && next >= '0' && next <= '9')) return false;
		repetitions += byte == '*' || byte == '+' || byte == '?';
	}
	return expression.length <= LONGEST_EXPRESSION && repetitions <= MOST_REPETITIONS;
}

static struct term compile_term(struct arena *arena, struct text name, struct text value) {
	struct term term = {TERM_NEVER, NULL, NULL};
	if (text_is(name, "TEMPLATES")) {
		if (text_equal_ignoring_case(value, TEXT("include")))
			term.kind = TERM_INCLUDE;
		else if (text_equal_ignoring_case(value, TEXT("restrict")))
			term.kind = TERM_RESTRICT;
		return term;
	}
	term.name = matcher_of_expression(arena, name);
	term.value = matcher_of_expression(arena, value);
	if (term.name && term.value)
		term.kind = TERM_VARIABLE;
	return term;
}

struct asterisk_filter *asterisk_filter_compile(struct arena *arena, struct text text) {
	struct asterisk_filter *filter = arena_new(arena, struct asterisk_filter);
	struct text part, name, value;
	while (cut(&text, '&', &part)) {
		bool whole = cut(&part, '=', &name) && cut(&part, '=', &value);
		if (whole && !(is_affordable(name) && is_affordable(value))) return NULL;
		*list_add(arena, &filter->terms) = whole ? compile_term(arena, name, value) : (struct term){TERM_NEVER, NULL, NULL};
	}
	return filter;
}

static bool has_variable(struct asterisk_file *file, const struct term *term, const struct section *section,
                         struct span span) {
	for (size_t i = 0; i < section->variables.count; i++) {
		const struct variable *variable = &section->variables.items[i];
		if (!asterisk_work(file, span, 16 + 8 * (variable->name.length + variable->value.length))) return false;
		if (matcher_takes(term->name, variable->name) && matcher_takes(term->value, variable->value))
			return true;
	}
	return false;
}

bool asterisk_filter_matches(struct asterisk_file *file, const struct asterisk_filter *filter,
                             const struct section *section, struct span span) {
	bool named = false;
	for (size_t i = 0; i < filter->terms.count; i++) {
		const struct term *term = &filter->terms.items[i];
		switch (term->kind) {
		case TERM_NEVER: return false;
		case TERM_INCLUDE: named = true; break;
		case TERM_RESTRICT:
			if (!section->template) return false;
			named = true;
			break;
		case TERM_VARIABLE:
			if (!has_variable(file, term, section, span)) return false;
			break;
		}
	}
	return !section->template || named;
}
