/* The findings of a run, file by file, for formats that list files: those that were linted, then those that others led to. */
#pragma once

#include "report/report.h"

struct file_findings {
	struct text path;
	struct LIST_OF(const struct diagnostic *) found; /* in order */
};

struct file_findings_list LIST_OF(struct file_findings *);

struct file_findings_list by_file(const struct report_input *input);
