#include "redact/disguise.h"

#include <string.h>

#include "base/buffer.h"

enum { LONGEST_REFERENCE = 10, READ_MOST = 8 /* bytes of a character */ };

struct span plain_origin(const struct plain *plain, size_t start, size_t end) {
	if (!plain->origins || start == end)
		return (struct span){(uint32_t)start, (uint32_t)end};
	return (struct span){plain->origins[start].start, plain->origins[end - 1].end};
}

static int hexadecimal(char byte) {
	if (byte >= '0' && byte <= '9')
		return byte - '0';
	if (byte >= 'a' && byte <= 'f')
		return byte - 'a' + 10;
	return byte >= 'A' && byte <= 'F' ? byte - 'A' + 10 : -1;
}

/* The number that digits say; -1 when it is none, or no character's. */
static int32_t number(struct text digits, int base) {
	int32_t said = digits.length ? 0 : -1;
	for (size_t i = 0; i < digits.length && said >= 0; i++) {
		int digit = hexadecimal(digits.bytes[i]);
		said = digit < 0 || digit >= base ? -1 : said * base + digit;
		said = said > 0x10ffff ? -1 : said;
	}
	return said;
}

/* The number behind a sign in exactly so many hexadecimal digits; -1 when there is none. */
static int32_t code(struct text text, struct text sign, size_t digits) {
	bool there = text_starts_with(text, sign) && text.length >= sign.length + digits;
	return there ? number(text_slice(text, sign.length, sign.length + digits), 16) : -1;
}

/* --- each reads one character at a text's start: adds it and returns its length there, or 0 --- */

static size_t read_byte(struct text text, struct text sign, struct buffer *out) {
	int32_t byte = code(text, sign, 2);
	if (byte < 0)
		return 0;
	buffer_add_byte(out, (char)byte);
	return sign.length + 2;
}

static size_t read_percent(struct text text, struct buffer *out) { return read_byte(text, TEXT("%"), out); }

static size_t read_plus(struct text text, struct buffer *out) {
	buffer_add_byte(out, ' ');
	return text.length > 0;
}

/* At a line's end it says that the line goes on. */
static size_t read_backslash(struct text text, struct buffer *out) {
	if (text.length < 2)
		return 0;
	if (text.bytes[1] == '\n')
		return 2;
	buffer_add_byte(out, text.bytes[1]);
	return 2;
}

static size_t read_escape(struct text text, struct buffer *out) {
	static const char letters[] = "bfnrt", controls[] = "\b\f\n\r\t";
	int32_t high = code(text, TEXT("\\u"), 4), low = code(text_from(text, 6), TEXT("\\u"), 4);
	if (high >= 0xd800 && high < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
		buffer_add_character(out, 0x10000 + ((uint32_t)(high & 0x3ff) << 10 | (uint32_t)(low & 0x3ff)));
		return 12;
	}
	if (high >= 0) {
		buffer_add_character(out, (uint32_t)high);
		return 6;
	}
	if (code(text, TEXT("\\x"), 2) >= 0)
		return read_byte(text, TEXT("\\x"), out);
	if (code(text, TEXT("\\U"), 8) >= 0) {
		buffer_add_character(out, (uint32_t)code(text, TEXT("\\U"), 8));
		return 10;
	}
	int32_t octal = text.length > 3 ? number(text_slice(text, 1, 4), 8) : -1;
	if (octal >= 0 && octal < 256) {
		buffer_add_byte(out, (char)octal);
		return 4;
	}
	const char *letter = text.length > 1 && text.bytes[1] ? strchr(letters, text.bytes[1]) : NULL;
	if (!letter)
		return read_backslash(text, out);
	buffer_add_byte(out, controls[letter - letters]);
	return 2;
}

static size_t read_reference(struct text text, struct buffer *out) {
	static const struct {
		const char *name, *character;
	} names[] = {{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", "\xc2\xa0"}, {"sol", "/"},
	             {"bsol", "\\"}, {"num", "#"}, {"commat", "@"}, {"colon", ":"}, {"semi", ";"}, {"excl", "!"}, {"equals", "="},
	             {"quest", "?"}, {"dollar", "$"}, {"percnt", "%"}, {"plus", "+"}, {"ast", "*"}, {"lpar", "("}, {"rpar", ")"},
	             {"comma", ","}, {"period", "."}, {"lowbar", "_"}, {"Hat", "^"}, {"lbrace", "{"}, {"rbrace", "}"},
	             {"lbrack", "["}, {"lsqb", "["}, {"rbrack", "]"}, {"rsqb", "]"}, {"grave", "`"}, {"verbar", "|"}, {"vert", "|"},
	             {NULL, NULL}};
	size_t end = text_find_byte(text_slice(text, 0, LONGEST_REFERENCE), ';');
	if (end == TEXT_NOT_FOUND)
		return 0;
	struct text name = text_slice(text, 1, end);
	for (size_t i = 0; names[i].name; i++)
		if (text_is(name, names[i].name)) {
			buffer_add_string(out, names[i].character);
			return end + 1;
		}
	bool hexadecimal_digits = text_starts_with(name, TEXT("#x")) || text_starts_with(name, TEXT("#X"));
	int32_t character = text_starts_with(name, TEXT("#")) ? number(text_from(name, hexadecimal_digits ? 2 : 1),
	                                                               hexadecimal_digits ? 16 : 10)
	                                                      : -1;
	if (character < 0)
		return 0;
	buffer_add_character(out, (uint32_t)character);
	return end + 1;
}

/* A `=` at a line's end says that the line goes on. */
static size_t read_quoted(struct text text, struct buffer *out) {
	if (text_starts_with(text, TEXT("=\r\n")))
		return 3;
	return text_starts_with(text, TEXT("=\n")) ? 2 : read_byte(text, TEXT("="), out);
}

/* `'\''`, `'"'"'` and `''` are one quote within quotes. */
static size_t read_quote(struct text text, struct buffer *out) {
	static const char *const quotes[] = {"'\\''", "'\"'\"'", "''", NULL};
	for (size_t i = 0; quotes[i]; i++)
		if (text_starts_with(text, text_of(quotes[i]))) {
			buffer_add_byte(out, '\'');
			return strlen(quotes[i]);
		}
	return 0;
}

static size_t read_doubled(struct text text, struct buffer *out) {
	if (!text_starts_with(text, TEXT("\"\"")))
		return 0;
	buffer_add_byte(out, '"');
	return 2;
}

/* A line end and the blanks around the next line's start. */
static size_t read_fold(struct text text, struct buffer *out) {
	(void)out;
	size_t length = 1;
	while (length < text.length && text_has_byte(TEXT(" \t\r"), text.bytes[length]))
		length++;
	return length;
}

static size_t read_return(struct text text, struct buffer *out) {
	return text_starts_with(text, TEXT("\r\n")) ? 1 + read_fold(text_from(text, 1), out) : 0;
}

static const struct {
	char sign;
	size_t (*read)(struct text text, struct buffer *out);
} disguises[] = {
#define DISGUISE(sign, name) {sign, read_##name},
#include "redact/disguises.def"
#undef DISGUISE
};

/* --- whole texts --- */

static size_t read_any(struct text text, unsigned set, struct buffer *out) {
	size_t length = 0;
	for (size_t i = 0; i < DISGUISE_COUNT && !length; i++)
		if ((set >> i & 1) && text.bytes[0] == disguises[i].sign)
			length = disguises[i].read(text, out);
	return length;
}

/* Where the next sign of the set stands from an offset on. */
static size_t find_sign(struct text text, size_t from, unsigned set) {
	bool signs[256] = {false};
	for (size_t i = 0; i < DISGUISE_COUNT; i++)
		signs[(unsigned char)disguises[i].sign] |= set >> i & 1;
	while (from < text.length && !signs[(unsigned char)text.bytes[from]])
		from++;
	return from;
}

/* What is read and what it is made of, so far. */
struct unmasking {
	const struct plain *from;
	struct buffer out;
	struct span_list origins;
};

static void trace(struct unmasking *unmasking, size_t start, size_t end) {
	while (unmasking->origins.count < unmasking->out.length)
		*list_add(unmasking->out.arena, &unmasking->origins) = plain_origin(unmasking->from, start, end);
}

static void keep(struct unmasking *unmasking, size_t start, size_t end) {
	buffer_add(&unmasking->out, text_slice(unmasking->from->text, start, end));
	for (size_t at = start; at < end; at++)
		*list_add(unmasking->out.arena, &unmasking->origins) = plain_origin(unmasking->from, at, at + 1);
}

bool disguise_remove(struct arena *arena, const struct plain *from, unsigned set, struct plain *to) {
	struct unmasking unmasking = {from, {.arena = arena}, {0}};
	size_t kept = 0;
	bool removed = false;
	for (size_t at = find_sign(from->text, 0, set); at < from->text.length;) {
		char bytes[READ_MOST];
		struct buffer read = {.arena = arena, .bytes = bytes, .capacity = sizeof(bytes)};
		size_t length = read_any(text_from(from->text, at), set, &read);
		if (!length) {
			at = find_sign(from->text, at + 1, set);
			continue;
		}
		keep(&unmasking, kept, at);
		buffer_add(&unmasking.out, buffer_text(&read));
		trace(&unmasking, at, at + length);
		removed = true;
		kept = at += length;
		at = find_sign(from->text, at, set);
	}
	if (removed)
		keep(&unmasking, kept, from->text.length);
	*to = (struct plain){buffer_text(&unmasking.out), unmasking.origins.items};
	return removed;
}

/* --- encodings --- */

static int base64(char byte) {
	if (byte >= 'A' && byte <= 'Z')
		return byte - 'A';
	if (byte >= 'a' && byte <= 'z')
		return byte - 'a' + 26;
	if (byte >= '0' && byte <= '9')
		return byte - '0' + 52;
	if (byte == '+' || byte == '-')
		return 62;
	return byte == '/' || byte == '_' ? 63 : -1;
}

struct encoding {
	int (*digit)(char); /* -1: none */
	unsigned bits;      /* of each digit */
	size_t places;      /* digits before the first byte: fewer than these */
	bool (*goes_on)(struct text text, size_t at); /* what stands there between two digits means nothing */
};

/* A long word is broken into lines, which may be indented. */
static bool breaks_line(struct text text, size_t at) {
	while (at && (text.bytes[at] == ' ' || text.bytes[at] == '\t'))
		at--;
	return text.bytes[at] == '\n' || text.bytes[at] == '\r';
}

/* Hexadecimal is written in pairs, too. */
static bool parts_pairs(struct text text, size_t at) {
	char byte = text.bytes[at];
	return byte == ' ' || byte == ':' || byte == '\n' || byte == '\t' || byte == '\r';
}

static const struct encoding encodings[] = {{base64, 6, 4, breaks_line}, {hexadecimal, 4, 2, parts_pairs}};

struct decoder {
	const struct plain *from;
	const struct encoding *encoding;
	struct buffer out;
	struct span_list origins;
	struct LIST_OF(uint32_t) digits; /* where those of the word stand */
};

static void add_byte(struct decoder *decoder, uint32_t byte, size_t start, size_t end) {
	buffer_add_byte(&decoder->out, (char)(byte & 0xff));
	*list_add(decoder->out.arena, &decoder->origins) = plain_origin(decoder->from, start, end);
}

/* Decodes the digits of the word from one of them on. */
static void decode_word(struct decoder *decoder, size_t start) {
	const uint32_t *digits = decoder->digits.items;
	unsigned bits = decoder->encoding->bits, have = 0;
	uint32_t number = 0;
	for (size_t i = start; i < decoder->digits.count; i++) {
		number = number << bits | (uint32_t)decoder->encoding->digit(decoder->from->text.bytes[digits[i]]);
		have += bits;
		if (have < 8) continue;
		have -= 8;
		size_t first = start + ((i + 1 - start) * bits - have - 8) / bits;
		add_byte(decoder, number >> have, digits[first], digits[i] + 1);
	}
	size_t last = digits[decoder->digits.count - 1];
	add_byte(decoder, '\n', last, last + 1);
}

static void decode_words(struct decoder *decoder, size_t shortest) {
	struct text text = decoder->from->text;
	const struct encoding *encoding = decoder->encoding;
	for (size_t at = 0; at < text.length; at++) {
		decoder->digits.count = 0;
		for (; at < text.length; at++) {
			if (encoding->digit(text.bytes[at]) >= 0)
				*list_add(decoder->out.arena, &decoder->digits) = (uint32_t)at;
			else if (!encoding->goes_on(text, at))
				break;
		}
		for (size_t i = 0; i < encoding->places; i++)
			if (decoder->digits.count > i && (decoder->digits.count - i) * encoding->bits >= shortest * 8)
				decode_word(decoder, i);
	}
}

struct plain disguise_decode(struct arena *arena, const struct plain *from, size_t shortest) {
	struct decoder decoder = {.from = from, .out = {.arena = arena}};
	for (size_t i = 0; i < sizeof(encodings) / sizeof(encodings[0]); i++) {
		decoder.encoding = &encodings[i];
		decode_words(&decoder, shortest);
	}
	return (struct plain){buffer_text(&decoder.out), decoder.origins.items};
}
