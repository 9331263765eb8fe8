/* The reports of a run: each in its format, on standard output or in a file. */
#pragma once

#include "command/options.h"
#include "report/report.h"

struct report_output {
	const struct report *report; /* NULL: the file is a baseline */
	struct text path;      /* empty: standard output */
	int held;              /* where a run that may write no file leaves the report; -1: there is no need to */
};

struct report_outputs {
	struct LIST_OF(struct report_output) items;
	const struct report *shown; /* the one on standard output; NULL: there is none */
	bool aside;            /* standard output is for something else: that report goes to standard error */
};

/* What --format and --output ask for; without any the text. False with a sentence in `*fault`. */
bool outputs_take(struct arena *arena, const struct options *options, struct report_outputs *outputs, struct text *fault);

/* Whether lines that are no report may stand on standard output. */
bool outputs_take_lines(const struct report_outputs *outputs);

/* Before a run is confined to reading: where reports go into files, this process stays behind, writes them when the run has
 * ended and returns true with its exit status, and the run goes on in a child of it. */
bool outputs_stay_behind(struct arena *arena, struct report_outputs *outputs, int *status);

/* Writes all reports, and none over one of the sources. What can't be written is told, see output_status(); false when
 * standard output did not take its own. `input` is for standard output: files have no colours. */
bool outputs_write(const struct report_outputs *outputs, const struct report_input *input, const struct source_list *sources);

/* The same without the one on standard output. */
void outputs_write_files(const struct report_outputs *outputs, const struct report_input *input,
                         const struct source_list *sources);

/* Writes the baseline that --write-baseline asks for. */
void outputs_write_baseline(const struct report_outputs *outputs, struct arena *arena, struct text baseline,
                            const struct source_list *sources);
