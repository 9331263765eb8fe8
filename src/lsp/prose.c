#include "lsp/prose.h"

#include "report/plain.h"

enum { LONGEST_CODE = 240 };

static void begin(struct prose *prose, const char *lead) {
	buffer_add_string(&prose->out, prose->out.length ? lead : "");
}

void prose_paragraph(struct prose *prose) { begin(prose, "\n\n"); }

void prose_item(struct prose *prose) {
	/* A list ends the paragraph before it. */
	size_t line = prose->out.length;
	while (line && prose->out.bytes[line - 1] != '\n')
		line--;
	bool listed = text_starts_with(text_from(buffer_text(&prose->out), line), TEXT("- "));
	begin(prose, listed ? "\n" : "\n\n");
	buffer_add_string(&prose->out, "- ");
}

/* Brackets are no link where nothing follows that makes them one. */
static bool is_sign(struct text text, size_t at) {
	char next = at + 1 < text.length ? text.bytes[at + 1] : 0;
	return text_has_byte(TEXT("\\`*<~"), text.bytes[at]) || (text.bytes[at] == ']' && (next == '(' || next == '[' || next == ':'));
}

static void add_escaped(struct buffer *out, struct text text) {
	for (size_t i = 0; i < text.length; i++) {
		if (is_sign(text, i))
			buffer_add_byte(out, '\\');
		buffer_add_byte(out, text.bytes[i]);
	}
}

void prose_add(struct prose *prose, struct text text) {
	text = plain_lines(prose->out.arena, text_trim(text, "\n"), " ");
	if (!prose->marked) {
		buffer_add(&prose->out, text);
		return;
	}
	for (size_t start, length; (start = text_find_byte(text, '`')) != TEXT_NOT_FOUND; text = text_from(text, start + length + 2)) {
		length = text_find_byte(text_from(text, start + 1), '`');
		if (length == TEXT_NOT_FOUND || !length) break;
		add_escaped(&prose->out, text_slice(text, 0, start));
		buffer_add(&prose->out, text_slice(text, start, start + length + 2));
	}
	add_escaped(&prose->out, text);
}

/* Backquotes in a code stand within a fence of more of them. */
static size_t fence_of(struct text text) {
	size_t longest = 0, run = 0;
	for (size_t i = 0; i < text.length; i++) {
		run = text.bytes[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest + 1;
}

static struct text cut(struct arena *arena, struct text text) {
	size_t end = LONGEST_CODE;
	if (text.length <= LONGEST_CODE)
		return text;
	while (end && ((unsigned char)text.bytes[end] & 0xc0) == 0x80)
		end--;
	return text_join(arena, text_slice(text, 0, end), TEXT(" ..."));
}

void prose_add_code(struct prose *prose, struct text text) {
	text = cut(prose->out.arena, plain_lines(prose->out.arena, text, " "));
	size_t fence = prose->marked ? fence_of(text) : 0;
	const char *pad = fence > 1 || (fence && !text_trim(text, " ").length) ? " " : "";
	buffer_add_repeated(&prose->out, '`', fence);
	buffer_add_string(&prose->out, pad);
	buffer_add(&prose->out, text);
	buffer_add_string(&prose->out, pad);
	buffer_add_repeated(&prose->out, '`', fence);
}
