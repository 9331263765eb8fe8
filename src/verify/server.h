/* Whether it is the server itself that listens where a client asks. */
#pragma once

#include "rule/verification.h"
#include "verify/listener.h"

/* Empty when a loopback address is the server's: of root, of whoever runs this program, of the account that the pack names, or of
 * the one that a file names which only these may change. Else why not. */
struct text server_doubt(struct arena *arena, const struct verification *verification, struct text host, struct text port,
                         enum listener *listener);
