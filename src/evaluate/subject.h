/* Whatever a rule may look at in a file. */
#pragma once

#include "evaluate/context.h"

/* Goes through every subject of the selector in one file, in the order of the file: sets context->subject and calls `visit`. */
void subjects_each(struct context *context, struct file *file, visitor *visit, void *data);
