/* The verification that follows handlers: what `arilint verify` asks, about the files as they are now. */
#pragma once

#include "command/setup.h"

/* Asks until all is as it should be, for some seconds: a program that was just started may not answer at once. `*report` is
 * what was found, for people. False with a reason. */
bool verification_run(struct arena *arena, const struct options *options, const struct setup *setup,
                      struct text *report, struct text *reason);
