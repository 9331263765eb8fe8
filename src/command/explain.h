/* Where the values of a key come from, for people. */
#pragma once

#include "base/buffer.h"
#include "command/shown.h"
#include "reader/view.h"

/* Writes each value of `key` (a name, or section.name) with its place and the steps that made it. */
void explain_write(const struct shown *shown, const struct view *view, struct text key, struct buffer *out);
