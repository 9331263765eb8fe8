/* The end of a report in words: what was found, what can be fixed, what could not be judged. */
#pragma once

#include "report/report.h"

void summary_write(const struct report_input *input, struct buffer *out);
