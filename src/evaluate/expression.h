/* References, settings, templates and conditions of a pack: what they come to in a context. They are made of each other, so
 * that they go by each other here and nowhere else. */
#pragma once

#include "evaluate/context.h"

/* The value of a reference. Notes it in `asked`. */
struct value reference_value(struct context *context, const struct reference *reference);

/* What was asked for as the `index`th, before filters; of a list an absent value of its file. */
struct value asked_value(struct context *context, size_t index);

/* The names of a list, as seen from the context's subject; NULL where they can't be told. */
const struct text_set *list_names(struct context *context, const struct list *list);

/* The text of a template, with each value shown or, for writing it to a file, as it is. Absent when a reference is
 * absent, unknown when one is unknown; secret when a value in it is. */
struct value template_text(struct context *context, const struct template *template, bool as_it_is);

enum verdict { VERDICT_FALSE, VERDICT_TRUE, VERDICT_UNKNOWN };

/* Judges a condition (NULL holds). Unknown: `*reason` says why. */
enum verdict condition_evaluate(struct context *context, const struct condition *condition, struct text *reason);
