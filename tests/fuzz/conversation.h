/* `arilint verify` with something else in the place of the program arilint-verify. */
#pragma once

#include "base/text.h"

/* Asks what the files of planted.h lead to; `answer` stands for the program. No report shows the secret, which is a part of
 * each question. */
void conversation_judge(struct text (*answer)(struct arena *arena, struct text questions));
