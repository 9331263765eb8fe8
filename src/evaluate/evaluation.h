/* A rule at work: what is known of it for the file that it looks at. */
#pragma once

#include "evaluate/known.h"
#include "evaluate/prefilter.h"

/* What all rules of a run share. */
struct evaluator {
	struct context context;
	struct map by_role;       /* -> the rules at work on its files, see evaluate/run.c */
	struct known_values known; /* as seen from one file */
	struct arena scratch;     /* values that are needed for one subject only */
	struct arena group_memory; /* groups of subjects, of one file or one section */
};

struct evaluation {
	struct evaluator *evaluator;
	struct context *context;  /* of the evaluator */
	const struct rule *rule;
	const struct rule_choice *choice;
	bool asked, wanted;
	const struct file_group *group; /* whose versions those below are for */
	enum severity severity;
	struct text effect;
};
