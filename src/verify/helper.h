/* A process of the program arilint-verify, see process/companion.h. */
#pragma once

#include "base/text.h"

/* Runs it without arguments and with an empty environment, hands it `input` and reads what it writes, at most `largest` bytes,
 * until it ends or `milliseconds` are over, when it is killed. False with a sentence in `*fault`; `*output` is then what
 * came. */
bool helper_run(struct arena *arena, struct text input, size_t largest, long milliseconds, struct text *output,
                struct text *fault);
