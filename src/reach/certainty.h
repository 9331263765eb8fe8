/* How certain it is that what a rule compares is what runs: a certainty, and why it is no greater.
 * In: files of a run, and the address in one of them. Out: how certain it is that they are live and belong together. */
#pragma once

#include "base/text.h"

enum certainty {
	CERTAINTY_NONE,   /* nothing can be told */
	CERTAINTY_LIKELY, /* a warning at most */
	CERTAINTY_FULL
};

struct reach {
	enum certainty certainty;
	struct text reason; /* empty where it is full */
};

/* The lesser of the two; of equal ones the first. */
static inline struct reach reach_lesser(struct reach a, struct reach b) { return b.certainty < a.certainty ? b : a; }

static inline struct reach reach_full(void) { return (struct reach){CERTAINTY_FULL, TEXT("")}; }
