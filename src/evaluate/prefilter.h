/* What a rule's prefilter (rule/prefilter.h) lets through. */
#pragma once

#include "evaluate/expression.h"

/* Whether anything could be found in the file, going by how its statements are written and by its readers. */
bool prefilter_may_find(struct context *context, const struct prefilter *prefilter, struct file *file);

/* Whether anything could be found. The context's subject is the file, the section, or any key of that name. */
bool stage_lets_through(struct context *context, const struct stage *stage);
