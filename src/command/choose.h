/* Which verb a command line means. */
#pragma once

#include "command/command.h"

/* Takes the verb's word out of the words and returns its verb; without one the first verb. Options may stand before it:
 * a word that is a file or folder, too, is a verb there only where these go with it. `help VERB` and `version` become
 * the options of that name. A word that is near a verb and no file is a fault: NULL, and `*fault` says so. */
const struct verb *verb_choose(struct arena *arena, const struct verb *const *verbs, size_t verb_count,
                               size_t *word_count, char **words, struct text *fault);
