/* Which fixes are made is asked on the terminal, one by one. */
#pragma once

#include "fixer/result.h"

/* Why nobody can be asked; NULL when standard input and output are a terminal. */
const char *ask_refusal(void);

/* Shows each fix, with what it changes besides those taken before it, and asks. The result holds what was taken and nothing
 * else: the files are as the last one showed them. A fix that would make something worse beside those taken is not asked about;
 * it is named with the reason. Without an end of answers `*ended` is true and nothing is to be changed; Ctrl-C ends the program
 * by its signal. `lint` is the finished run, its secrets marked. */
struct fixer_result ask_for_fixes(struct lint *lint, const struct source_list *inputs, bool colour, bool *ended);
