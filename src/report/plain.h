/* Texts for formats whose signs must not stand in them: what goes into one is masked and made showable first, as a mask or a
 * picture of a control character that came in later would break the format. */
#pragma once

#include "report/report.h"

/* One line as redact_output() and terminal_add() leave it. */
struct text plain_line(struct arena *arena, struct text line);

/* The lines of a text, each as plain_line() leaves it, with `feed` between. */
struct text plain_lines(struct arena *arena, struct text text, const char *feed);
