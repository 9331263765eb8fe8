/* Writes values for a set of readers: write_values READER[,READER...] < VALUES. A value and what is written after `=`
 * are a line of hexadecimal digits each; a value that has no form for these readers gives the line "none". */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "reader/spelling.h"

struct reader_list LIST_OF(const struct reader *);

static void take_readers(struct arena *arena, struct text names, struct reader_list *list) {
	while (names.length) {
		struct text name = text_cut(&names, ',');
		const struct reader *reader = reader_find(name);
		if (!reader) {
			fprintf(stderr, "write_values: there is no reader %.*s\n", TEXT_ARGUMENTS(name));
			exit(2);
		}
		*list_add(arena, list) = reader;
	}
}

static int digit(char byte) { return byte <= '9' ? byte - '0' : byte - 'a' + 10; }

static struct text from_hex(struct arena *arena, struct text line) {
	struct buffer value = {.arena = arena};
	for (size_t i = 0; i + 1 < line.length; i += 2)
		buffer_add_byte(&value, (char)(digit(line.bytes[i]) * 16 + digit(line.bytes[i + 1])));
	return buffer_text(&value);
}

static void add_written(struct buffer *out, const struct reader_list *readers_asked, struct text value) {
	struct arena arena = {0};
	static const struct spelling nothing;
	struct text written;
	if (!spelling_find(&arena, readers_asked->items, readers_asked->count, value, &nothing, &written))
		buffer_add_string(out, "none");
	else
		for (size_t i = 0; i < written.length; i++)
			buffer_format(out, "%02x", (unsigned char)written.bytes[i]);
	buffer_add_byte(out, '\n');
	arena_release(&arena);
}

int main(int count, char **words) {
	struct arena arena = {0};
	struct reader_list asked = {0};
	struct text values;
	if (count != 2 || !file_read_all(&arena, STDIN_FILENO, 0, (size_t)1 << 26, &values)) {
		fputs("usage: write_values READER[,READER...] < VALUES\n", stderr);
		return 2;
	}
	take_readers(&arena, text_of(words[1]), &asked);
	struct buffer out = {.arena = &arena};
	while (values.length)
		add_written(&out, &asked, from_hex(&arena, text_cut(&values, '\n')));
	bool done = file_write_all(STDOUT_FILENO, buffer_text(&out));
	arena_release(&arena);
	return done ? 0 : 1;
}
