#include "reader/asterisk/lex.h"

#include "reader/asterisk/line.h"
#include "reader/asterisk/statement.h"

/* The parts of a statement as tokens of its text, in order; what lies between them is blank. */
enum { MOST_PARTS = 3 };

struct part {
	enum token_kind kind;
	struct span range;
};

struct parts {
	struct part items[MOST_PARTS];
	size_t count;
};

static void add_part(struct parts *parts, enum token_kind kind, struct span range)
{
	if (range.start < range.end)
		parts->items[parts->count++] = (struct part){kind, range};
}

static struct parts find_parts(const struct asterisk_statement *statement)
{
	struct parts parts = {.count = 0};
	switch (statement->kind) {
	case ASTERISK_BLANK: break;
	case ASTERISK_HEADER:
		add_part(&parts, TOKEN_SECTION, statement->head);
		add_part(&parts, TOKEN_OPTIONS, statement->options);
		add_part(&parts, TOKEN_GARBAGE, statement->rest);
		break;
	case ASTERISK_INCLUDE:
	case ASTERISK_TRYINCLUDE:
	case ASTERISK_EXEC:
		add_part(&parts, TOKEN_DIRECTIVE, statement->head);
		add_part(&parts, TOKEN_ARGUMENT, statement->value);
		break;
	case ASTERISK_ASSIGNMENT:
		add_part(&parts, TOKEN_KEY, statement->head);
		add_part(&parts, TOKEN_OPERATOR, statement->operator);
		add_part(&parts, TOKEN_VALUE, statement->value);
		break;
	case ASTERISK_UNKNOWN_DIRECTIVE:
	case ASTERISK_NO_OPERATOR:
	case ASTERISK_NO_KEY:
	case ASTERISK_NO_BRACKET:
	case ASTERISK_NO_PARENTHESIS:
	case ASTERISK_INVALID_ESCAPE:
		add_part(&parts, TOKEN_GARBAGE, statement->all);
		break;
	}
	return parts;
}

struct lexer {
	struct arena *arena;
	struct token_list *tokens;
	size_t line_begins; /* tokens before the line in hand: none of them grows any more */
};

static void add_token(struct lexer *lexer, enum token_kind kind, uint32_t start, uint32_t end)
{
	if (start == end)
		return;
	struct token_list *tokens = lexer->tokens;
	struct token *last = tokens->count > lexer->line_begins ? &tokens->items[tokens->count - 1] : NULL;
	if (last && last->kind == kind && kind != TOKEN_LINE_END)
		last->span.end = end;
	else
		*list_add(lexer->arena, tokens) = (struct token){kind, {start, end}};
}

/* Cuts a kept segment, whose first byte is byte `behind` of the statement's text. */
static void lex_kept(struct lexer *lexer, struct asterisk_segment segment, uint32_t behind, const struct parts *parts)
{
	uint32_t at = segment.start, length = segment.end - segment.text;
	for (size_t i = 0; i < parts->count; i++) {
		struct span range = parts->items[i].range;
		if (range.end <= behind || range.start >= behind + length)
			continue;
		uint32_t start = range.start <= behind ? segment.start : segment.text + (range.start - behind);
		uint32_t end = range.end >= behind + length ? segment.end : segment.text + (range.end - behind);
		add_token(lexer, TOKEN_BLANK, at, start);
		add_token(lexer, parts->items[i].kind, start, end);
		at = end;
	}
	add_token(lexer, TOKEN_BLANK, at, segment.end);
}

static void lex_line(struct lexer *lexer, const struct asterisk_lines *lines, const struct asterisk_line *line)
{
	struct asterisk_statement statement = asterisk_statement_parse(line->text);
	struct parts parts = find_parts(&statement);
	uint32_t behind = 0;
	lexer->line_begins = lexer->tokens->count;
	add_token(lexer, TOKEN_MARK, line->mark.start, line->mark.end);
	for (size_t i = 0; i < lines->segments.count; i++) {
		struct asterisk_segment segment = lines->segments.items[i];
		if (segment.kind == ASTERISK_KEPT) {
			lex_kept(lexer, segment, behind, &parts);
			behind += segment.end - segment.text;
		} else {
			enum token_kind kind = segment.kind == ASTERISK_COMMENT ? TOKEN_COMMENT : TOKEN_GARBAGE;
			add_token(lexer, kind, segment.start, segment.end);
		}
	}
	add_token(lexer, TOKEN_LINE_END, line->end, line->whole.end);
}

void asterisk_lex(struct arena *arena, struct text bytes, struct token_list *tokens)
{
	struct lexer lexer = {arena, tokens, 0};
	struct asterisk_lines *lines = arena_new(arena, struct asterisk_lines);
	struct asterisk_line line;
	asterisk_lines_begin(lines, arena, bytes);
	while (asterisk_lines_next(lines, &line))
		lex_line(&lexer, lines, &line);
}
