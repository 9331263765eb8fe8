/* Fields of the thing that a rule looks at (rule/fields.def). */
#ifndef ARILINT_EVALUATE_FIELD_H
#define ARILINT_EVALUATE_FIELD_H

#include "evaluate/context.h"

/* The field's value; absent where the thing has none (no such statement, a file without status). */
struct value field_value(struct context *context, enum field field);

/* Whether there is such a field whose text is all there is to it; sets the text, or that it is absent. */
bool field_text(const struct context *context, enum field field, struct text *text, bool *present);

#endif
