/* The frame around a place of a source: the line it is in, and what marks it. */
#pragma once

#include "base/buffer.h"
#include "redact/redact.h"

struct frame {
	struct arena *arena;   /* keeps what the sources learn about their lines */
	size_t gutter;         /* digits of the largest line number of the diagnostic */
	size_t width;          /* columns of a line of output, gutter included; a longer line is cut around the place */
	bool colour;
	const char *paint;     /* COLOUR_... of the marks */
};

/* Adds the line of the place and, under it, a line of marks ('^' or '-') with the label behind them. Of a place over
 * several lines its first line is shown; an empty place has one mark. Secrets are masked. Time and memory are linear in
 * the width and in the columns before the place. */
void frame_write(const struct frame *frame, struct place place, char mark, struct text label, struct buffer *out);

/* Adds a line of the source (1-based) without marks. */
void frame_write_line(const struct frame *frame, struct source *source, uint32_t number, struct buffer *out);

/* Adds a line that is empty but for the gutter's bar. */
void frame_write_bar(const struct frame *frame, struct buffer *out);
