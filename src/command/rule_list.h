/* All rules of a run, as the table of `arilint rule`, or whole, for a manual or a program. */
#pragma once

#include "base/buffer.h"
#include "inventory/lint.h"

/* Whether there is such a format: text (also empty), markdown, json. */
bool rule_list_knows(struct text format);

/* Of the rules with one of the ids; without any, of all. */
void rule_list_write(struct arena *arena, const struct lint_options *options, const struct text_list *ids, struct text format,
                     struct buffer *out);
