/* SHA-1 (FIPS 180-4), for the handshake of WebSockets alone: as a hash it is broken. */
#pragma once

#include "base/text.h"

enum { SHA1_SIZE = 20, SHA1_LONGEST = 119 };

/* The hash of at most SHA1_LONGEST bytes. */
void sha1(struct text text, unsigned char hash[SHA1_SIZE]);
