/* Which network place the host of an address is. */
#pragma once

#include "base/text.h"

/* A spelling that names of one place share: `localhost`, `127.0.0.1` and `::1` are one, and so are the two spellings of an
 * address of IPv6, with or without brackets, and names in either case with or without a dot behind them. The text may lie in
 * the arena. */
struct text place_of_host(struct arena *arena, struct text host);
