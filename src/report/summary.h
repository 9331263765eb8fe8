/* The end of a report in words: what was found, what can be fixed, what could not be judged. */
#pragma once

#include "report/report.h"

/* Adds "2 warnings"; of none nothing. */
void summary_add_count(size_t count, enum severity severity, struct buffer *out);

void summary_write(const struct report_input *input, struct buffer *out);
