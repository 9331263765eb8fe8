#include "base/exhaustion.h"

#include <stdio.h>
#include <stdlib.h>

static enum exhaustion left = EXHAUSTION_UNCHANGED;

enum exhaustion exhaustion_leaves(enum exhaustion files) {
	enum exhaustion before = left;
	left = files;
	return before;
}

void exhaustion_end(void) {
	const char *files = left == EXHAUSTION_UNCHANGED ? "nothing was changed"
	                  : left == EXHAUSTION_CHANGED   ? "what was to be changed is changed"
	                                                 : "what was begun is not finished: run `arilint recover`";
	fprintf(stderr, "arilint: error: out of memory; %s\n", files);
	exit((int)left);
}
