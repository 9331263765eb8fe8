#include "reader/configparser/configparser.h"

#include "reader/blank.h"

static struct span span_of(size_t start, size_t end) { return (struct span){(uint32_t)start, (uint32_t)end}; }

/* \[(?P<header>.+)\] at the start of the line */
static bool cut_header(struct text bytes, struct configparser_line *line) {
	struct text text = text_slice(bytes, line->text.start, line->text.end);
	size_t close = text_find_last_byte(text, ']');
	if (text.bytes[0] != '[' || close == TEXT_NOT_FOUND || close < 2) return false;
	line->name = span_of(line->text.start + 1, line->text.start + close);
	return true;
}

/* (?P<option>.*?)\s*(?P<vi>=|:)\s*(?P<value>.*)$ */
static bool cut_option(struct text bytes, struct configparser_line *line) {
	size_t start = line->text.start, end = line->text.end, at = start;
	while (at < end && bytes.bytes[at] != '=' && bytes.bytes[at] != ':')
		at++;
	if (at == end) return false;
	line->key = span_of(start, blank_trim_end(BLANKS_PYTHON, bytes, start, at));
	line->operator = span_of(at, at + 1);
	line->value = span_of(blank_skip(BLANKS_PYTHON, bytes, at + 1, end), end);
	if (line->value.start == end)
		line->value = span_of(at + 1, at + 1);
	return true;
}

static uint32_t characters(struct text bytes, uint32_t start, uint32_t end) {
	uint32_t count = 0;
	for (uint32_t at = start; at < end; at += (uint32_t)blank_length(BLANKS_PYTHON, bytes, at))
		count++;
	return count;
}

static enum configparser_kind classify(struct configparser_lines *lines, struct configparser_line *line) {
	struct text bytes = lines->bytes;
	if (line->text.start == line->text.end)
		return CONFIGPARSER_BLANK;
	if (bytes.bytes[line->text.start] == '#' || bytes.bytes[line->text.start] == ';')
		return CONFIGPARSER_COMMENT;
	uint32_t indent = characters(bytes, line->whole.start, line->text.start);
	if (lines->in_option && indent > lines->indent)
		return CONFIGPARSER_CONTINUATION;
	lines->indent = indent;
	if (cut_header(bytes, line)) {
		lines->in_section = true;
		lines->in_option = false;
		return CONFIGPARSER_HEADER;
	}
	bool option = cut_option(bytes, line);
	if (!lines->in_section)
		return CONFIGPARSER_OUTSIDE;
	if (!option)
		return CONFIGPARSER_OTHER;
	lines->in_option = line->key.start < line->key.end;
	return CONFIGPARSER_OPTION;
}

bool configparser_next(struct configparser_lines *lines, struct configparser_line *line) {
	struct text bytes = lines->bytes;
	if (!lines->at)
		lines->at = mark_length(bytes);
	if (lines->at == bytes.length) return false;
	size_t end = line_end_find(bytes, lines->at), start = blank_skip(BLANKS_PYTHON, bytes, lines->at, end);
	*line = (struct configparser_line){.end = (uint32_t)end};
	line->whole = span_of(lines->at, end + line_end_length(bytes, end));
	line->text = span_of(start, blank_trim_end(BLANKS_PYTHON, bytes, start, end));
	line->kind = classify(lines, line);
	lines->at = line->whole.end;
	return true;
}

bool configparser_looks_like_statement(struct text bytes, const struct configparser_line *line) {
	struct configparser_line copy = *line;
	if (cut_header(bytes, &copy))
		return copy.name.end + 1 == copy.text.end;
	if (!cut_option(bytes, &copy) || copy.key.start == copy.key.end) return false;
	for (uint32_t i = copy.key.start; i < copy.key.end; i++) {
		char byte = bytes.bytes[i], lower = (char)(byte | 0x20);
		if ((lower < 'a' || lower > 'z') && (byte < '0' || byte > '9') && byte != '_' && byte != '-' && byte != '.')
			return false;
	}
	return bytes.bytes[copy.operator.start] == '=';
}

/* --- tokens --- */

static void cut_text(struct token_list *tokens, const struct configparser_line *line) {
	static const enum token_kind kinds[] = {
		[CONFIGPARSER_BLANK] = TOKEN_BLANK,         [CONFIGPARSER_COMMENT] = TOKEN_COMMENT,
		[CONFIGPARSER_HEADER] = TOKEN_GARBAGE,      [CONFIGPARSER_OPTION] = TOKEN_VALUE,
		[CONFIGPARSER_CONTINUATION] = TOKEN_VALUE,  [CONFIGPARSER_OUTSIDE] = TOKEN_GARBAGE,
		[CONFIGPARSER_OTHER] = TOKEN_GARBAGE,
	};
	uint32_t at = line->text.start;
	if (line->kind == CONFIGPARSER_HEADER) {
		token_add(tokens, TOKEN_SECTION, at, line->name.end + 1);
		at = line->name.end + 1;
	}
	if (line->kind == CONFIGPARSER_OPTION) {
		token_add(tokens, TOKEN_KEY, line->key.start, line->key.end);
		token_add(tokens, TOKEN_BLANK, line->key.end, line->operator.start);
		token_add(tokens, TOKEN_OPERATOR, line->operator.start, line->operator.end);
		token_add(tokens, TOKEN_BLANK, line->operator.end, line->value.start);
		at = line->value.start;
	}
	token_add(tokens, kinds[line->kind], at, line->text.end);
}

void configparser_cut_tokens(struct token_list *tokens, const struct configparser_line *line) {
	token_add(tokens, TOKEN_BLANK, line->whole.start, line->text.start);
	cut_text(tokens, line);
	token_add(tokens, TOKEN_BLANK, line->text.end, line->end);
	token_add(tokens, TOKEN_LINE_END, line->end, line->whole.end);
}
