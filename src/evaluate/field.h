/* Fields of the subject that a rule looks at (rule/fields.def). */
#pragma once

#include "evaluate/context.h"

/* The field's value; absent where the subject has none (no such statement, a file without status). */
struct value field_value(const struct context *context, enum field field);
