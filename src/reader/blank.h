/* Blanks and line ends, as the languages define them whose programs read .env files; and repair of UTF-8. */
#pragma once

#include "base/text.h"

/* Whose definition of a blank. */
enum blanks {
	BLANKS_LINE,       /* blank and tab */
	BLANKS_ASCII,      /* those, LF, CR, VT, FF: C's isspace(), \s of Ruby with VT */
	BLANKS_JAVASCRIPT, /* \s and trim(): also U+FEFF, not U+0085 */
	BLANKS_UNICODE,    /* White_Space of Go and Rust: also U+0085, not U+FEFF */
	BLANKS_PYTHON,     /* str.strip(), \s: White_Space and 0x1c to 0x1f */
	BLANKS_GODOTENV    /* isSpace() of godotenv and its descendants: blanks of Latin-1 without the line feed */
};

/* Bytes of the blank at offset `at`; 0 where there is none or the text ends. */
size_t blank_length(enum blanks blanks, struct text text, size_t at);

/* The first offset from `at` on (up to `end`) without a blank. */
size_t blank_skip(enum blanks blanks, struct text text, size_t at, size_t end);

/* The offset behind the last byte of [start, end) that is no blank; start when there is none. */
size_t blank_trim_end(enum blanks blanks, struct text text, size_t start, size_t end);

struct text blank_trim(enum blanks blanks, struct text text);

/* Bytes of the byte order mark at the beginning, or 0. */
uint32_t mark_length(struct text text);

/* Bytes of the line end at `at`: 1 or 2 (CR LF), 0 for none. */
size_t line_end_length(struct text text, size_t at);

/* The same without lone carriage returns, which do not end lines for Ruby and Go. */
size_t line_feed_length(struct text text, size_t at);

/* As line_end_length() with U+2028 and U+2029, which end lines in JavaScript's regular expressions. */
size_t line_end_length_javascript(struct text text, size_t at);

/* The offset of the next LF or CR from `at` on, or the text's length. */
size_t line_end_find(struct text text, size_t at);

/* The offset of the next such byte from `at` on, or the text's length. */
size_t byte_find(struct text text, size_t at, char byte);

/* The same of LF. */
size_t line_feed_find(struct text text, size_t at);

/* CR LF and CR become LF; the text itself when there is no CR. */
struct text line_ends_unified(struct arena *arena, struct text text);

/* `replacement` in place of what is not UTF-8: for each maximal malformed sequence (WHATWG), or for each byte of it
 * (Go). The text itself when there is nothing to replace. */
struct text utf8_repaired(struct arena *arena, struct text text, const char *replacement, bool each_byte);
