/* The fix of a finding as programs may carry it out themselves. */
#pragma once

#include "report/report.h"

/* Whether all that the fix writes is in the report as it is: a masked one, carried out, would write the mask. */
bool remedy_is_told(struct arena *arena, const struct fix *fix);
