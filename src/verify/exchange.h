/* The program arilint-verify at work: requests in, answers out. */
#pragma once

#include "verify/client.h"

/* Asks everything of all clients that are not refused and fills in their answers. False with a reason when the program is
 * not there or can't be trusted, ends too early or takes too long; what it has not answered has the outcome `fault`. */
bool exchange_run(struct arena *arena, const struct verify_options *options, struct client_list *clients,
                  struct text *fault);
