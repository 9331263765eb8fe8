#include "base/buffer.h"
#include "reader/env/env.h"

/* A way to write a value. */
struct env_style {
	char quote;          /* around it; 0: bare */
	const char *escaped; /* bytes that get a backslash; "\n" and "\r" become `\n` and `\r` */
	bool shell;          /* a single quote is written '\'' */
	bool safe_only;      /* only for values that every known reader takes bare */
};

/* In the order of preference: forms that more programs agree on come first. */
static const struct env_style styles[] = {
	{0, "", false, true},
	{'\'', "", false, false},
	{'"', "", false, false},
	{'"', "\n\r", false, false},
	{'"', "\\\"$`", false, false},
	{'"', "\\\"$`\n\r", false, false},
	{'"', "$", false, false},
	{'\'', "'", false, false},
	{'\'', "\\'", false, false},
	{'\'', "", true, false},
	{'`', "", false, false},
	{0, "", false, false},
	{0, "$", false, false},
	{0, " \t\"#$&'()*;<>?[\\]^`{|}~", false, false},
};

enum { STYLE_COUNT = sizeof(styles) / sizeof(styles[0]) };

/* Bytes that every known reader takes as themselves without quotes; `=` and `~` not in front, and not behind a `:`,
 * where shells expand them. */
static bool is_safe_bare(struct text value) {
	static const char safe[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!%*+,-./:=?@[]^_{}~";
	for (size_t i = 0; i < value.length; i++) {
		char byte = value.bytes[i];
		bool expands = byte == '=' || byte == '~';
		if (!text_has_byte(text_of(safe), byte)) return false;
		if (expands && (i == 0 || value.bytes[i - 1] == ':')) return false;
	}
	return true;
}

static bool can_write(const struct env_style *style, struct text value) {
	if (style->safe_only)
		return is_safe_bare(value);
	if (style->quote) return true;
	return !text_has_byte(value, '\n') && !text_has_byte(value, '\r');
}

static void add_byte(struct buffer *text, const struct env_style *style, char byte) {
	bool escapes = text_has_byte(text_of(style->escaped), byte);
	if (escapes && byte == '\n')
		buffer_add_string(text, "\\n");
	else if (escapes && byte == '\r')
		buffer_add_string(text, "\\r");
	else if (style->shell && byte == '\'')
		buffer_add_string(text, "'\\''");
	else if (escapes)
		buffer_add(text, (struct text){(char[]){'\\', byte}, 2});
	else
		buffer_add_byte(text, byte);
}

static struct text in_style(struct arena *arena, const struct env_style *style, struct text value) {
	struct buffer text = {.arena = arena};
	if (style->quote)
		buffer_add_byte(&text, style->quote);
	for (size_t i = 0; i < value.length; i++)
		add_byte(&text, style, value.bytes[i]);
	if (style->quote)
		buffer_add_byte(&text, style->quote);
	return buffer_text(&text);
}

bool env_offer(const struct reader *reader, struct arena *arena, struct text value, unsigned attempt, struct text *offer) {
	for (size_t i = 0; i < STYLE_COUNT; i++) {
		if (!can_write(&styles[i], value) || attempt-- > 0) continue;
		*offer = in_style(arena, &styles[i], value);
		return true;
	}
	return false;
}

struct text env_sample(struct arena *arena, struct text written) {
	struct buffer text = {.arena = arena};
	buffer_add_string(&text, "key=");
	buffer_add(&text, written);
	/* Many programs look for a closing quote in all of the rest of the file. */
	buffer_add_string(&text, "\nother=after\n# '\n# \"\n# `\n");
	return buffer_text(&text);
}
