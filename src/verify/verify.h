/* What the answers of a server mean.
 * In: settings of a file, answers of a server. Out: what is asked, and the causes of what came of it. */
#pragma once

#include "verify/client.h"

/* How a run ended: as in nagios, the gravest counts. */
enum verify_state { VERIFY_PASSED, VERIFY_WARNED, VERIFY_FAILED, VERIFY_UNKNOWN };

/* What came of a probe: to fail is a warning where the pack says that it is no error. */
enum probe_state { PROBE_SKIPPED, PROBE_PASSED, PROBE_WARNED, PROBE_FAILED, PROBE_STATES };

struct verify_summary {
	size_t probes[PROBE_STATES];
	size_t refused;              /* clients of which nothing could be asked */
	enum verify_state state;
};

enum probe_state probe_state(const struct probe_result *result);

/* Asks what clients_find() has prepared, and says of each answer whether it is the one expected and, where not, what it
 * means, and which findings of the files explain it. False with a reason when no answers could be had; then the state is VERIFY_UNKNOWN. */
bool verify_clients(struct lint *lint, const struct verify_options *options, struct client_list *clients,
                    struct verify_summary *summary, struct text *fault);
