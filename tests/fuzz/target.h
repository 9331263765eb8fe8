/* What a fuzz target is, and what targets ask for. A fault ends the program: so fuzzers and replay.c see it. */
#pragma once

#include "diagnostic/diagnostic.h"

/* Of each row of targets.def. */
#define TARGET(name, more) void take_##name(struct text bytes);
#include "targets.def"
#undef TARGET

/* Chooses the target that a program is named after, in whatever folder, with or without "_fuzz" behind it; ends the program
 * when there is none. All targets are in one program, which is linked once and has a name for each. */
void target_choose(const char *program);

/* What libFuzzer and replay.c call: one input of the target that was chosen; always 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the program with a line on standard error unless something holds. */
void require(bool holds, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* That there are faults where a file was not taken, each with words and a place in that file. */
void require_told(bool taken, const struct diagnostics *diagnostics, const struct source *source);
