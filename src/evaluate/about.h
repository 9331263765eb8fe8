/* What a finding is about, asked for when the run is over. */
#pragma once

#include "evaluate/context.h"

/* The context's subject, as long as the run lives. */
const struct subject *about_keep(const struct context *context);

/* The value of a reference as seen from what the rule looked at when it found this. Unknown where
 * that has no such field. */
struct value about_value(struct lint *lint, const struct diagnostic *finding, const struct reference *reference);
