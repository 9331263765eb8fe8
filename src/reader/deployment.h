/* How a service of a map of containers runs: which files stand where in it, and which networks it is in. */
#pragma once

#include "source/source.h"

/* A file or folder of the machine that stands in the container, too. */
struct mount {
	struct text from; /* absolute */
	struct text to;
};

struct deployment {
	struct text service;
	struct LIST_OF(struct mount) mounts;
	struct text_list networks;   /* by their names in the map */
	struct text network_mode;    /* empty: it is in its networks */
	bool mounts_doubtful;        /* something of them could not be understood; then there may be more, or others */
	bool networks_doubtful;
};
