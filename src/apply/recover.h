/* What a killed run left is found in the state folder and put back, or cleared up behind the commit. */
#pragma once

#include "apply/run.h"

/* `*recovered` becomes the id of the interrupted run, empty when there was none. Not APPLY_DONE: run->reason says what
 * stands in the way, or which file somebody else has changed since. */
enum apply_result recover(struct run *run, struct text *recovered);
