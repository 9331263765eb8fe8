#include "reader/dollar.h"

#include "reader/blank.h"

enum { DEEPEST = 64 };

static void expand_text(struct dollar *dollar, struct text text, unsigned depth, struct buffer *out);

static bool is_name_byte(char byte, bool first) {
	return text_is_word_byte(byte) && !(first && byte >= '0' && byte <= '9');
}

/* The offset behind the name at `at`; `at` where none begins. */
static size_t find_name_end(struct text text, size_t at) {
	size_t end = at;
	while (end < text.length && is_name_byte(text.bytes[end], end == at))
		end++;
	return end;
}

/* The offset of the brace that closes the `${` at `at`, or `end`. */
static size_t find_closing_brace(struct text text, size_t at, size_t end) {
	size_t open = 0;
	for (size_t i = at; i < end; i++) {
		if (text.bytes[i] == '}' && --open == 0)
			return i;
		if (text.bytes[i] == '$' && i + 1 < end && text.bytes[i + 1] == '{') {
			open++;
			i++;
		}
	}
	return end;
}

static void refuse(struct dollar *dollar) {
	dollar->stopped = true;
	dollar->refuse(dollar->context);
}

static void add(struct dollar *dollar, const struct text *value, struct buffer *out) {
	if (value && dollar->may_add(dollar->context, value->length))
		buffer_add(out, *value);
}

/* `:-`, `-`, `:+`, `+`, `:?`, `?` and what follows them. */
static void apply_operator(struct dollar *dollar, struct text name, struct text rest, unsigned depth, struct buffer *out) {
	bool colon = rest.bytes[0] == ':';
	char operator = rest.bytes[colon];
	const struct text *value = dollar->value(dollar->context, name, operator);
	bool holds = value && (!colon || value->length);
	struct buffer other = {.arena = dollar->arena};
	expand_text(dollar, text_from(rest, (size_t)colon + 1), depth + 1, &other);
	if (operator == '?' && !holds && !dollar->in_doubt(dollar->context))
		refuse(dollar);
	else if (holds ? operator == '+' : operator == '-')
		buffer_add(out, buffer_text(&other));
	else if (operator != '+')
		add(dollar, value, out);
}

/* `${...}` at `at`; the offset behind it. `last` is the last `}` of the line, or the end of the text. */
static size_t expand_braces(struct dollar *dollar, struct text text, size_t at, size_t last, unsigned depth,
                            struct buffer *out) {
	size_t end = find_name_end(text, at + 2);
	struct text name = text_slice(text, at + 2, end);
	if (name.length && end < text.length && text.bytes[end] == '}') {
		add(dollar, dollar->value(dollar->context, name, 0), out);
		return end + 1;
	}
	size_t sign = end + (end < text.length && text.bytes[end] == ':');
	bool operates = name.length && sign < last && text_has_byte(TEXT("-+?"), text.bytes[sign]);
	if (!operates || last == text.length || depth >= DEEPEST) {
		refuse(dollar);
		return text.length;
	}
	size_t close = find_closing_brace(text, at, last + 1);
	if (close > last)
		close = last;
	apply_operator(dollar, name, text_slice(text, end, close), depth, out);
	return close + 1;
}

/* The last `}` of the line that `at` is in, or the text's length. */
static size_t find_last_brace(struct text text, size_t at) {
	size_t end = line_feed_find(text, at);
	size_t last = text_find_last_byte(text_slice(text, at, end), '}');
	return last == TEXT_NOT_FOUND ? text.length : at + last;
}

static void expand_text(struct dollar *dollar, struct text text, unsigned depth, struct buffer *out) {
	for (size_t i = 0, line = 0, last = 0; i < text.length && !dollar->stopped;) {
		char next = text.bytes[i] == '$' && i + 1 < text.length ? text.bytes[i + 1] : 0;
		if (next == '{') {
			if (i >= line) {
				last = find_last_brace(text, i);
				line = line_feed_find(text, i);
			}
			i = expand_braces(dollar, text, i, last >= i ? last : text.length, depth, out);
		} else if (next == '$') {
			buffer_add_byte(out, '$');
			i += 2;
		} else if (is_name_byte(next, true)) {
			size_t end = find_name_end(text, i + 1);
			add(dollar, dollar->value(dollar->context, text_slice(text, i + 1, end), 0), out);
			i = end;
		} else {
			buffer_add_byte(out, text.bytes[i++]);
		}
	}
}

void dollar_expand(struct dollar *dollar, struct text text, struct buffer *out) { expand_text(dollar, text, 0, out); }
