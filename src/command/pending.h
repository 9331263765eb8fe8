/* Changes that programs do not go by yet, for people and for reports. */
#pragma once

#include "apply/transaction.h"
#include "report/report.h"

/* "changes of 10:31 are not loaded yet: ari, backend": on standard error, when there are any. */
void pending_tell(struct arena *arena, const struct pending_list *pending);

/* The same for a report. */
void pending_report(struct arena *arena, const struct pending_list *pending, struct report_input *input);
