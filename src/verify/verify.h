/* What the answers of a server mean.
 * In: settings of a file, answers of a server. Out: what is asked, and the causes of what came of it. */
#ifndef ARILINT_VERIFY_VERIFY_H
#define ARILINT_VERIFY_VERIFY_H

#include "verify/client.h"

/* How a run ended: as in nagios, the gravest counts. */
enum verify_state { VERIFY_PASSED, VERIFY_WARNED, VERIFY_FAILED, VERIFY_UNKNOWN };

struct verify_summary {
	size_t passed, failed, warned, skipped; /* probes */
	size_t refused;                         /* clients of which nothing could be asked */
	enum verify_state state;
};

/* Asks what clients_find() has prepared, and says of each answer whether it is the one expected and, where not, what it
 * means, and which findings of the files explain it. False with a reason when no answers could be had; then the state is VERIFY_UNKNOWN. */
bool verify_clients(struct lint *lint, const struct verify_options *options, struct client_list *clients,
                    struct verify_summary *summary, struct text *fault);

#endif
