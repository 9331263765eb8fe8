#include "report/terminal.h"

#include "base/character.h"

#define REPLACEMENT "\xef\xbf\xbd"

static bool is_control(unsigned char byte) { return byte < 0x20 || byte == 0x7f; }

/* U+2400 to U+241F for the controls, U+2421 for DEL. */
static void add_picture(struct buffer *out, unsigned char control) {
	buffer_add_string(out, "\xe2\x90");
	buffer_add_byte(out, (char)(0x80 + (control == 0x7f ? 0x21 : control)));
}

/* Adds the character at the text's start and gives its length in bytes. */
static size_t add_character(struct buffer *out, struct text text) {
	size_t length = text_utf8_length(text.bytes, text.length);
	unsigned char first = (unsigned char)text.bytes[0];
	if (is_control(first))
		add_picture(out, first);
	else if (!length || (length > 1 && character_is_unshown(character_decode(text.bytes, length))))
		buffer_add_string(out, REPLACEMENT);
	else
		buffer_add(out, text_slice(text, 0, length));
	return length ? length : 1;
}

/* Length of the longest start of the text that shows as it stands: most text is printable ASCII. */
static size_t count_plain(struct text text) {
	size_t count = 0;
	while (count < text.length && text.bytes[count] >= 0x20 && text.bytes[count] < 0x7f &&
	       (text.bytes[count] != '#' || !text_begins_command(text_from(text, count))))
		count++;
	return count;
}

/* Whether the character at the start of a file's line does no harm although terminal_add() would replace it. */
static bool stays(struct text text) {
	unsigned char byte = (unsigned char)text.bytes[0];
	size_t length = text_utf8_length(text.bytes, text.length);
	if (!length)
		return byte >= 0xa0;
	return byte == '\t' || (byte == '\r' && text.length == 1) ||
	       (length > 1 && character_decode(text.bytes, length) == 0xfeff);
}

static void add(struct buffer *out, struct text text, bool of_file) {
	while (text.length) {
		size_t done = count_plain(text);
		if (text_begins_command(text)) {
			buffer_add_string(out, "#\xef\xbc\x83");
			text = text_from(text, 2);
			continue;
		}
		if (!done && of_file && stays(text)) {
			done = text_utf8_length(text.bytes, text.length);
			done = done ? done : 1;
		}
		if (done) {
			buffer_add(out, text_slice(text, 0, done));
		} else if (text.bytes[0] == '\t') {
			buffer_add_repeated(out, ' ', 4);
			done = 1;
		} else {
			done = add_character(out, text);
		}
		text = text_from(text, done);
	}
}

void terminal_add(struct buffer *out, struct text text) { add(out, text, false); }

void terminal_add_line(struct buffer *out, struct text line) { add(out, line, true); }

void terminal_add_between(struct buffer *out, const char *before, struct text text, const char *behind) {
	buffer_add_string(out, before);
	terminal_add(out, text);
	buffer_add_string(out, behind);
}

size_t terminal_columns(struct text shown) {
	size_t columns = 0;
	for (size_t i = 0; i < shown.length; i++)
		columns += ((unsigned char)shown.bytes[i] & 0xc0) != 0x80;
	return columns;
}

struct text terminal_first(struct text shown, size_t columns) {
	size_t end = 0;
	for (; columns && end < shown.length; columns--)
		end += text_utf8_length(shown.bytes + end, shown.length - end);
	return text_slice(shown, 0, end);
}

struct text terminal_last(struct text shown, size_t columns) {
	size_t start = shown.length;
	for (; columns && start; columns--)
		do
			start--;
		while (start && ((unsigned char)shown.bytes[start] & 0xc0) == 0x80);
	return text_from(shown, start);
}

void terminal_paint(struct buffer *out, bool colour, const char *parameters) {
	if (colour)
		buffer_format(out, "\x1b[%sm", parameters);
}

void terminal_unpaint(struct buffer *out, bool colour) { terminal_paint(out, colour, ""); }
