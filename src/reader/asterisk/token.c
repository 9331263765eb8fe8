#include "reader/asterisk/asterisk.h"

/* The parts of a statement as tokens of its text, in order; what lies between them is blank. */
enum { MOST_PARTS = 3 };

struct part {
	enum token_kind kind;
	struct span range;
};

struct parts {
	struct part items[MOST_PARTS]; /* an empty range for a part that is not there */
};

static struct parts find_parts(const struct asterisk_statement *statement) {
	struct span head = statement->head, value = statement->value;
	switch (statement->kind) {
	case ASTERISK_HEADER:
		return (struct parts){{{TOKEN_SECTION, head}, {TOKEN_OPTIONS, statement->options},
		                       {TOKEN_GARBAGE, statement->rest}}};
	case ASTERISK_INCLUDE:
	case ASTERISK_TRYINCLUDE:
	case ASTERISK_EXEC: return (struct parts){{{TOKEN_DIRECTIVE, head}, {TOKEN_ARGUMENT, value}}};
	case ASTERISK_ASSIGNMENT:
		return (struct parts){{{TOKEN_KEY, head}, {TOKEN_OPERATOR, statement->operator}, {TOKEN_VALUE, value}}};
	/* Of a blank line it is empty. */
	default: return (struct parts){{{TOKEN_GARBAGE, statement->all}}};
	}
}

/* The tokens of a line; those before `begins` are of earlier lines and do not grow any more. */
struct cutting {
	struct token_list *tokens;
	size_t begins;
};

static void add_token(struct cutting *cutting, enum token_kind kind, uint32_t start, uint32_t end) {
	struct token_list *tokens = cutting->tokens;
	struct token *last = tokens->count > cutting->begins ? &tokens->items[tokens->count - 1] : NULL;
	if (last && last->kind == kind && last->span.end == start && kind != TOKEN_LINE_END)
		last->span.end = end;
	else
		token_add(tokens, kind, start, end);
}

/* Cuts a kept segment, whose first byte is byte `behind` of the statement's text. */
static void cut_kept(struct cutting *cutting, struct asterisk_segment segment, uint32_t behind,
                     const struct parts *parts) {
	uint32_t at = segment.start, length = segment.end - segment.text;
	for (size_t i = 0; i < MOST_PARTS; i++) {
		struct span range = parts->items[i].range;
		if (range.start == range.end || range.end <= behind || range.start >= behind + length) continue;
		uint32_t start = range.start <= behind ? segment.start : segment.text + (range.start - behind);
		uint32_t end = range.end >= behind + length ? segment.end : segment.text + (range.end - behind);
		add_token(cutting, TOKEN_BLANK, at, start);
		add_token(cutting, parts->items[i].kind, start, end);
		at = end;
	}
	add_token(cutting, TOKEN_BLANK, at, segment.end);
}

/* Most lines do not. */
static bool may_hold_remark(const struct asterisk_lines *lines, const struct asterisk_statement *statement) {
	size_t count = lines->segments.count;
	bool all_kept = count == 0 || (count == 1 && lines->segments.items[0].kind == ASTERISK_KEPT);
	bool sound = statement->kind == ASTERISK_BLANK || statement->kind == ASTERISK_ASSIGNMENT ||
	             (statement->kind == ASTERISK_HEADER && statement->rest.start == statement->rest.end);
	return !all_kept || !sound;
}

void asterisk_cut_rest(struct asterisk_file *file) {
	if (file->tokens)
		token_add(file->tokens, TOKEN_GARBAGE, file->lines.at, file->source->bytes.length);
}

void asterisk_cut_tokens(struct asterisk_file *file, const struct asterisk_line *line,
                         const struct asterisk_statement *statement) {
	const struct asterisk_lines *lines = &file->lines;
	enum token_choice choice = file->tokens ? file->tokens->choice : TOKENS_NONE;
	if (choice == TOKENS_NONE || (choice == TOKENS_REMARKS && !may_hold_remark(lines, statement))) return;
	struct cutting cutting = {file->tokens, file->tokens->count};
	struct parts parts = find_parts(statement);
	uint32_t behind = 0;
	add_token(&cutting, TOKEN_MARK, line->mark.start, line->mark.end);
	for (size_t i = 0; i < lines->segments.count; i++) {
		struct asterisk_segment segment = lines->segments.items[i];
		if (segment.kind == ASTERISK_KEPT) {
			cut_kept(&cutting, segment, behind, &parts);
			behind += segment.end - segment.text;
		} else {
			enum token_kind kind = segment.kind == ASTERISK_COMMENT ? TOKEN_COMMENT : TOKEN_GARBAGE;
			add_token(&cutting, kind, segment.start, segment.end);
		}
	}
	add_token(&cutting, TOKEN_LINE_END, line->end, line->whole.end);
}
