/* The end of --fix in words: what works now, and what is left. */
#pragma once

#include "report/report.h"

/* Adds a line on what the files no longer stand in the way of; nothing where that is nothing. */
void outcome_write_works(const struct report_input *input, struct buffer *out);

/* Adds a line on the findings that are left: how many, what can be done about them, and their rules. */
void outcome_write_left(const struct report_input *input, struct buffer *out);
