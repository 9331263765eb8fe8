/* The program arilint-verify: where it is, and a process of it. */
#pragma once

#include "base/text.h"

/* Looked for beside this very program, in ../libexec/arilint seen from there, and in the usual prefixes; never through PATH.
 * It must belong to root, the effective user or the owner of this program, and must not be writable by others. */

/* Runs it without arguments and with an empty environment, hands it `input` and reads what it writes, at most `largest` bytes,
 * until it ends or `milliseconds` are over, when it is killed. False with a sentence in `*fault`; `*output` is then what
 * came. */
bool helper_run(struct arena *arena, struct text input, size_t largest, long milliseconds, struct text *output,
                struct text *fault);
