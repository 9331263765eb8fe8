#include "reader/asterisk/statement.h"

#include "reader/blank.h"

static bool is_blank(char byte) { return (unsigned char)byte < 33; }

static struct span strip(struct text text, size_t start, size_t end) {
	while (start < end && is_blank(text.bytes[start]))
		start++;
	while (end > start && is_blank(text.bytes[end - 1]))
		end--;
	return (struct span){(uint32_t)start, (uint32_t)end};
}

static uint32_t find(struct text text, char byte, uint32_t start, uint32_t end) {
	return (uint32_t)byte_find(text_slice(text, 0, end), start, byte);
}

static void parse_header(struct text text, struct asterisk_statement *statement) {
	uint32_t end = statement->all.end, close = find(text, ']', statement->all.start, end);
	statement->name = (struct span){statement->all.start + 1, close};
	statement->head = (struct span){statement->all.start, close < end ? close + 1 : end};
	if (close == end) {
		statement->kind = ASTERISK_NO_BRACKET;
		return;
	}
	statement->kind = ASTERISK_HEADER;
	uint32_t behind = close + 1;
	if (behind < end && text.bytes[behind] == '(') {
		uint32_t parenthesis = find(text, ')', behind, end);
		if (parenthesis == end) {
			statement->kind = ASTERISK_NO_PARENTHESIS;
		} else {
			statement->options = (struct span){behind, parenthesis + 1};
			behind = parenthesis + 1;
		}
	}
	statement->rest = strip(text, behind, end);
}

static const struct directive {
	const char *word;
	enum asterisk_statement_kind kind;
} directives[] = {
	{"include", ASTERISK_INCLUDE},
	{"tryinclude", ASTERISK_TRYINCLUDE},
	{"exec", ASTERISK_EXEC},
};

/* The quotes or angle brackets around a whole argument; a lone `"` counts as both of its quotes. */
static struct span unquote(struct text text, struct span argument) {
	if (argument.start == argument.end)
		return argument;
	char first = text.bytes[argument.start], last = text.bytes[argument.end - 1];
	if ((first == '"' && last == '"') || (first == '<' && last == '>')) {
		argument.start++;
		if (argument.end > argument.start)
			argument.end--;
	}
	return argument;
}

static void parse_directive(struct text text, struct asterisk_statement *statement) {
	uint32_t start = statement->all.start + 1, end = statement->all.end, at = start;
	/* The word ends at a blank, and where char is signed at any byte of 0x80 or more: that byte is lost. */
	while (at < end && !is_blank(text.bytes[at]) && (unsigned char)text.bytes[at] < 0x80)
		at++;
	statement->head = (struct span){statement->all.start, at};
	statement->name = (struct span){start, at};
	statement->value = strip(text, at < end ? at + 1 : end, end);
	statement->content = unquote(text, statement->value);
	statement->kind = ASTERISK_UNKNOWN_DIRECTIVE;
	struct text word = text_slice(text, start, at);
	for (size_t i = 0; i < sizeof(directives) / sizeof(*directives); i++)
		if (text_equal_ignoring_case(word, text_of(directives[i].word)))
			statement->kind = directives[i].kind;
}

static void parse_assignment(struct text text, struct asterisk_statement *statement) {
	uint32_t start = statement->all.start, end = statement->all.end, name = start, from = start;
	if (text.bytes[start] == '\\') {
		name = start + 1;
		from = start + 2;
		if (name == end || is_blank(text.bytes[name]) || (unsigned char)text.bytes[name] >= 0x80) {
			statement->kind = ASTERISK_INVALID_ESCAPE;
			return;
		}
	}
	uint32_t equals = find(text, '=', from, end);
	if (equals == end) {
		statement->kind = ASTERISK_NO_OPERATOR;
		return;
	}
	statement->appends = equals > from && text.bytes[equals - 1] == '+';
	uint32_t key_end = statement->appends ? equals - 1 : equals, behind = equals + 1;
	if (!statement->appends && behind < end && text.bytes[behind] == '>')
		behind++;
	statement->name = strip(text, name, key_end);
	statement->head = (struct span){start, statement->name.end};
	statement->operator= (struct span){key_end, behind};
	statement->value = strip(text, behind, end);
	if (statement->value.start == statement->value.end)
		statement->value = (struct span){behind, behind};
	statement->content = statement->appends ? (struct span){behind, end} : statement->value;
	statement->kind = statement->name.start == statement->name.end ? ASTERISK_NO_KEY : ASTERISK_ASSIGNMENT;
}

struct asterisk_statement asterisk_statement_parse(struct text text) {
	struct asterisk_statement statement = {.kind = ASTERISK_BLANK, .all = strip(text, 0, text.length)};
	if (statement.all.start == statement.all.end)
		return statement;
	switch (text.bytes[statement.all.start]) {
	case '[': parse_header(text, &statement); break;
	case '#': parse_directive(text, &statement); break;
	default: parse_assignment(text, &statement); break;
	}
	return statement;
}
