/* A rule at work: what is known of it for the file that it looks at, and what it says of a thing that violates it. */
#ifndef ARILINT_EVALUATE_JUDGEMENT_H
#define ARILINT_EVALUATE_JUDGEMENT_H

#include "evaluate/screen.h"

struct judgement {
	struct scope *scope;      /* that all share */
	struct pack *pack;
	struct rule *rule;
	enum thing_kind kind;     /* that the rule looks at */
	bool asked, wanted;
	size_t question;          /* whether a key of some name may be meant */
	const struct file_group *group; /* whose versions those below are for */
	struct screen screen;
	enum severity severity;
	struct text effect;
	struct text targets;      /* for people, when the run names no version */
};

/* Adds the diagnostic of the scope's thing, with its fix. `last`: no more of the rule and file will be listed. */
void judgement_report(struct judgement *judgement, bool last);

#endif
