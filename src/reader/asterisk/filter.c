/* The filter of `[name](+filter)`: `key=value&key=value`, both POSIX extended regular expressions that must match a
 * variable of the section; `TEMPLATES=include` and `TEMPLATES=restrict` speak of the section itself. */
#include <regex.h>

#include "reader/asterisk/asterisk.h"

enum { LONGEST_EXPRESSION = 64, MOST_REPETITIONS = 8 };

enum expression_kind { EXPRESSION_VARIABLE, EXPRESSION_INCLUDE, EXPRESSION_RESTRICT, EXPRESSION_NEVER };

struct expression {
	enum expression_kind kind;
	regex_t name, value;
};

struct asterisk_filter {
	struct LIST_OF(struct expression) expressions;
};

static struct text strip(struct text text)
{
	while (text.length && (unsigned char)text.bytes[0] < 33)
		text = text_from(text, 1);
	while (text.length && (unsigned char)text.bytes[text.length - 1] < 33)
		text.length--;
	return text;
}

/* As ast_strip_quoted(): without blanks, then without one pair of quotes around the whole. */
static struct text strip_quoted(struct text text)
{
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
static bool cut(struct text *rest, char separator, struct text *part)
{
	char quotes[8] = {0};
	size_t depth = 0, i = 0;
	if (!rest->length)
		return false;
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
		if (depth == sizeof(quotes))
			return false;
		if (byte == separator && depth == 0)
			break;
	}
	*part = strip_quoted(text_slice(*rest, 0, i));
	*rest = text_from(*rest, i < rest->length ? i + 1 : i);
	return true;
}

/* Counted repetitions, back references and many repetitions within each other can cost regcomp() and regexec() more than
 * any bound of ours. */
static bool is_affordable(struct text expression)
{
	size_t repetitions = 0;
	for (size_t i = 0; i < expression.length; i++) {
		char byte = expression.bytes[i];
		char next = i + 1 < expression.length ? expression.bytes[i + 1] : ' ';
		if (byte == '{' || (byte == '\\' && next >= '0' && next <= '9'))
			return false;
		repetitions += byte == '*' || byte == '+' || byte == '?';
	}
	return expression.length <= LONGEST_EXPRESSION && repetitions <= MOST_REPETITIONS;
}

static void compile_expression(struct arena *arena, struct text name, struct text value, struct expression *expression)
{
	expression->kind = EXPRESSION_NEVER;
	if (text_is(name, "TEMPLATES")) {
		if (text_equal_ignoring_case(value, TEXT("include")))
			expression->kind = EXPRESSION_INCLUDE;
		else if (text_equal_ignoring_case(value, TEXT("restrict")))
			expression->kind = EXPRESSION_RESTRICT;
		return;
	}
	if (regcomp(&expression->name, text_string(arena, name), REG_EXTENDED | REG_NOSUB))
		return;
	if (regcomp(&expression->value, text_string(arena, value), REG_EXTENDED | REG_NOSUB))
		regfree(&expression->name);
	else
		expression->kind = EXPRESSION_VARIABLE;
}

struct asterisk_filter *asterisk_filter_compile(struct arena *arena, struct text text)
{
	struct asterisk_filter *filter = arena_new(arena, struct asterisk_filter);
	struct text part, name, value;
	while (cut(&text, '&', &part)) {
		bool whole = cut(&part, '=', &name) && cut(&part, '=', &value);
		if (whole && !(is_affordable(name) && is_affordable(value))) {
			asterisk_filter_release(filter);
			return NULL;
		}
		struct expression *expression = list_add(arena, &filter->expressions);
		expression->kind = EXPRESSION_NEVER;
		if (whole)
			compile_expression(arena, name, value, expression);
	}
	return filter;
}

void asterisk_filter_release(struct asterisk_filter *filter)
{
	for (size_t i = 0; i < filter->expressions.count; i++) {
		struct expression *expression = &filter->expressions.items[i];
		if (expression->kind == EXPRESSION_VARIABLE) {
			regfree(&expression->name);
			regfree(&expression->value);
		}
	}
}

static bool matches(struct arena *arena, const regex_t *expression, struct text text)
{
	return regexec(expression, text_string(arena, text), 0, NULL, 0) == 0;
}

static bool has_variable(struct asterisk_file *file, const struct expression *expression, const struct section *section,
                         struct span span)
{
	struct arena *arena = file->reading->arena;
	for (size_t i = 0; i < section->variables.count; i++) {
		const struct variable *variable = &section->variables.items[i];
		if (!asterisk_work(file, span, 16 + 8 * (variable->name.length + variable->value.length)))
			return false;
		if (matches(arena, &expression->name, variable->name) &&
		    matches(arena, &expression->value, variable->value))
			return true;
	}
	return false;
}

bool asterisk_filter_matches(struct asterisk_file *file, const struct asterisk_filter *filter,
                             const struct section *section, struct span span)
{
	bool named = false;
	for (size_t i = 0; i < filter->expressions.count; i++) {
		const struct expression *expression = &filter->expressions.items[i];
		switch (expression->kind) {
		case EXPRESSION_NEVER: return false;
		case EXPRESSION_INCLUDE: named = true; break;
		case EXPRESSION_RESTRICT:
			if (!section->template)
				return false;
			named = true;
			break;
		case EXPRESSION_VARIABLE:
			if (!has_variable(file, expression, section, span))
				return false;
			break;
		}
	}
	return !section->template || named;
}
