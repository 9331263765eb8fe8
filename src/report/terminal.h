/* Text for people: no byte of an input may drive the terminal that shows it. */
#pragma once

#include "base/buffer.h"

/* What is set before a text, as the parameters of "ESC [ ... m". */
#define COLOUR_BOLD "1"
#define COLOUR_RED "31"
#define COLOUR_GREEN "32"
#define COLOUR_CYAN "36"
#define COLOUR_BOLD_RED "1;31"
#define COLOUR_BOLD_YELLOW "1;33"
#define COLOUR_BOLD_BLUE "1;34"

/* Adds a text as valid UTF-8 of which every character takes one column: a tab is four blanks, a control character its
 * picture (U+2400 and on), what is invalid, invisible or turns the direction of writing is U+FFFD. */
void terminal_add(struct buffer *out, struct text text);

/* The same, with texts of our own before and behind it. */
void terminal_add_between(struct buffer *out, const char *before, struct text text, const char *behind);

/* Adds a line of a file so that patch(1) still finds it wherever that is harmless: tabs, a CR at the end and bytes of
 * other encodings from 0xA0 stay, the rest is as above. */
void terminal_add_line(struct buffer *out, struct text line);

/* Columns of a text that terminal_add() made, and its first or last so many. */
size_t terminal_columns(struct text shown);
struct text terminal_first(struct text shown, size_t columns);
struct text terminal_last(struct text shown, size_t columns);

/* Start and end of a colour; nothing without `colour`. */
void terminal_paint(struct buffer *out, bool colour, const char *parameters);
void terminal_unpaint(struct buffer *out, bool colour);
