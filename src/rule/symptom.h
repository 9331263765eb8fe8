/* Symptoms: what programs write into their logs when something is wrong, and what that means. */
#ifndef ARILINT_RULE_SYMPTOM_H
#define ARILINT_RULE_SYMPTOM_H

#include "model/pattern.h"
#include "rule/pack.h"

/* Text with captures of the symptom's pattern in braces; `{{` and `}}` are braces. */
struct symptom_part {
	struct text text;
	unsigned group;             /* of the pattern; 0: the text */
};

struct symptom_text {
	const struct symptom_part *parts;
	size_t count;
};

struct symptom {
	struct text id;             /* "ari/unauthorized" */
	struct text source;         /* "backend" or "asterisk": whose log it comes from; empty: anybody's */
	struct pattern pattern;     /* that finds it in a line's message */
	struct text effect;         /* empty for none */
	struct symptom_text title;  /* what has happened */
	struct symptom_text message; /* what it means */
	struct symptom_text help;   /* what to do next; may be empty */
	struct text_list rules;     /* whose findings explain it; full ids */
	struct text_list effects;   /* findings that have one of these explain it, too */
};

#endif
