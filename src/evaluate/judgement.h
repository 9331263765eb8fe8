/* A rule at work: what is known of it for the file that it looks at, and what it says of a thing that violates it. */
#ifndef ARILINT_EVALUATE_JUDGEMENT_H
#define ARILINT_EVALUATE_JUDGEMENT_H

#include "evaluate/key_name.h"
#include "evaluate/prefilter.h"

/* What all rules of a run share. */
struct evaluation {
	struct context context;
	struct key_names key_names;
	size_t questions;         /* numbers given out, see evaluate/key_name.h */
	struct arena scratch;     /* values that are needed for one thing only */
	struct arena group_memory; /* groups of things, of one file or one section */
};

struct judgement {
	struct evaluation *evaluation;
	struct context *context;      /* of the evaluation */
	const struct pack *pack;
	const struct rule *rule;
	const struct rule_choice *choice;
	enum thing_kind kind;     /* that the rule looks at */
	bool asked, wanted;
	size_t question;          /* whether a key of some name may be meant */
	const struct file_group *group; /* whose versions those below are for */
	struct prefilter prefilter;
	enum severity severity;
	struct text effect;
	struct text targets;      /* for people, when the run names no version */
};

/* Adds the diagnostic of the context's thing, with its fix. `last`: no more of the rule and file will be listed. */
void judgement_report(struct judgement *judgement, bool last);

#endif
