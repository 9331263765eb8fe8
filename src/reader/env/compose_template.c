#include "reader/env/compose.h"

#include "reader/blank.h"

enum { DEEPEST = 64 };

struct template {
	struct env_scan *scan;
	struct span place;
};

static void expand_text(const struct template *template, struct text text, unsigned depth, struct buffer *out);

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

static void refuse(const struct template *template) {
	env_fault(template->scan, "invalid-expansion-refused", template->place);
}

static void add_variable(const struct template *template, struct text name, struct buffer *out) {
	env_expand(template->scan, out, env_lookup(template->scan, name), template->place);
}

/* `:-`, `-`, `:+`, `+`, `:?`, `?` and what follows them. */
static void apply_operator(const struct template *template, struct text name, struct text rest, unsigned depth,
                           struct buffer *out) {
	bool colon = rest.bytes[0] == ':';
	char operator = rest.bytes[colon];
	const struct text *value = env_lookup(template->scan, name);
	bool holds = value && (!colon || value->length);
	struct buffer other = {.arena = template->scan->arena};
	expand_text(template, text_from(rest, (size_t)colon + 1), depth + 1, &other);
	if (operator == '?' && !holds && !env_is_in_doubt(template->scan))
		refuse(template);
	else if (holds ? operator == '+' : operator == '-')
		buffer_add(out, buffer_text(&other));
	else if (operator != '+')
		env_expand(template->scan, out, value, template->place);
}

/* `${...}` at `at`; the offset behind it. `last` is the last `}` of the line, or the end of the text. */
static size_t expand_braces(const struct template *template, struct text text, size_t at, size_t last, unsigned depth,
                            struct buffer *out) {
	size_t end = env_find_name_end(text, at + 2);
	struct text name = text_slice(text, at + 2, end);
	if (name.length && end < text.length && text.bytes[end] == '}') {
		add_variable(template, name, out);
		return end + 1;
	}
	size_t sign = end + (end < text.length && text.bytes[end] == ':');
	bool operates = name.length && sign < last && text_has_byte(TEXT("-+?"), text.bytes[sign]);
	if (!operates || last == text.length || depth >= DEEPEST) {
		refuse(template);
		return text.length;
	}
	size_t close = find_closing_brace(text, at, last + 1);
	if (close > last)
		close = last;
	apply_operator(template, name, text_slice(text, end, close), depth, out);
	return close + 1;
}

/* The last `}` of the line that `at` is in, or the text's length. */
static size_t find_last_brace(struct text text, size_t at) {
	size_t end = line_feed_find(text, at);
	size_t last = text_find_last_byte(text_slice(text, at, end), '}');
	return last == TEXT_NOT_FOUND ? text.length : at + last;
}

static void expand_text(const struct template *template, struct text text, unsigned depth, struct buffer *out) {
	for (size_t i = 0, line = 0, last = 0; i < text.length && !template->scan->stopped;) {
		char next = text.bytes[i] == '$' && i + 1 < text.length ? text.bytes[i + 1] : 0;
		if (next == '{') {
			if (i >= line) {
				last = find_last_brace(text, i);
				line = line_feed_find(text, i);
			}
			i = expand_braces(template, text, i, last >= i ? last : text.length, depth, out);
		} else if (next == '$') {
			buffer_add_byte(out, '$');
			i += 2;
		} else if (env_is_name_byte(next, true)) {
			size_t end = env_find_name_end(text, i + 1);
			add_variable(template, text_slice(text, i + 1, end), out);
			i = end;
		} else {
			buffer_add_byte(out, text.bytes[i++]);
		}
	}
}

struct text compose_expand(struct env_scan *scan, const struct env_statement *statement) {
	struct template template = {scan, statement->value};
	struct buffer out = {.arena = scan->arena};
	if (statement->quote == '\'' || !text_has_byte(statement->content, '$'))
		return statement->content;
	expand_text(&template, statement->content, 0, &out);
	return out.length ? buffer_text(&out) : TEXT("");
}
